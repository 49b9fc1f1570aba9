const integer = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** 4600 → "4,600". */
export function formatCount(value: number): string {
  return integer.format(Math.round(value))
}

/** "1 memory", "4 memories". */
export function formatPlural(value: number, one: string, many = `${one}s`): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`
}

/** Decimal units as download sizes are named everywhere: 98362432 → "98 MB", 2300000000 → "2.3 GB". */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(bytes >= 1e10 ? 0 : 1)} GB`
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(bytes >= 1e7 ? 0 : 1)} MB`
  if (bytes >= 1e3) return `${(bytes / 1e3).toFixed(0)} kB`
  return `${bytes} B`
}

/** A share of 0 to 1 as "86 %"; never rounded up to 100 nor down to 0 unless it is exactly that. */
export function formatShare(share: number): string {
  const percent = Math.round(share * 100)
  if (percent === 100 && share < 1) return '99 %'
  if (percent === 0 && share > 0) return '1 %'
  return `${percent} %`
}

/** Milliseconds as seconds for reading: 612 → "0.6 s", 42 → "0.04 s", 2 → "<0.01 s", 12400 → "12 s", 95000 → "1 min 35 s". */
export function formatSeconds(ms: number): string {
  const seconds = ms / 1000
  if (seconds >= 59.5) return formatDuration(seconds)
  if (seconds >= 10) return `${Math.round(seconds)} s`
  if (seconds >= 0.1 || seconds === 0) return `${seconds.toFixed(1)} s`
  return seconds < 0.005 ? '<0.01 s' : `${seconds.toFixed(2)} s`
}

/** Whole seconds in words: 40 → "40 s", 95 → "1 min 35 s", 3700 → "1 h 2 min". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 ? ` ${whole % 60} s` : ''}`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** A score as the receipt writes it: 0.745 → ".75", 1.2 → "1.20". */
export function formatScore(score: number): string {
  return score.toFixed(2).replace(/^(-?)0\./, '$1.')
}

/** "14:38". */
export function formatTime(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }).format(at)
}

/** "2 June", with the year where it is not the year of `now`. */
export function formatDay(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear()
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(at)
}
