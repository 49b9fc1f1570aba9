const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

/** LoCoMo's "1:56 pm on 8 May, 2023", taken as UTC. Undefined where it is no such date. */
export function locomoDate(text: string): number | undefined {
  const [, hour, minute, half, day, month, year] =
    /^\s*(\d{1,2}):(\d{2})\s*([ap])\.?m\.?\s+on\s+(\d{1,2})\s+([a-z]+),?\s+(\d{4})\s*$/i.exec(text) ?? []
  if (year === undefined) return undefined
  const hours = (Number(hour) % 12) + (half?.toLowerCase() === 'p' ? 12 : 0)
  return utc(Number(year), monthOf(month), Number(day), hours, Number(minute))
}

/** LongMemEval's "2023/05/30 (Tue) 21:35", taken as UTC. */
export function longMemEvalDate(text: string): number | undefined {
  const [, year, month, day, hour, minute] =
    /^\s*(\d{4})\/(\d{1,2})\/(\d{1,2})\s*(?:\([a-z]+\)\s*)?(?:(\d{1,2}):(\d{2}))?\s*$/i.exec(text) ?? []
  if (year === undefined) return undefined
  return utc(Number(year), Number(month) - 1, Number(day), Number(hour ?? 12), Number(minute ?? 0))
}

/** BEAM's "March-15-2024": a day; noon of it in UTC, which is the same day nearly everywhere. */
export function beamDate(text: string): number | undefined {
  const [, month, day, year] = /^\s*([a-z]+)[-\s](\d{1,2})[-,\s]+(\d{4})\s*$/i.exec(text) ?? []
  if (year === undefined) return undefined
  return utc(Number(year), monthOf(month), Number(day), 12, 0)
}

function monthOf(name: string | undefined): number {
  const wanted = (name ?? '').toLowerCase()
  return wanted.length < 3 ? -1 : months.findIndex((month) => month.startsWith(wanted))
}

/** Undefined for days that do not exist, such as 31 February. */
function utc(year: number, month: number, day: number, hour: number, minute: number): number | undefined {
  const at = Date.UTC(year, month, day, hour, minute)
  const date = new Date(at)
  const same = date.getUTCMonth() === month && date.getUTCDate() === day && date.getUTCHours() === hour
  return same && date.getUTCMinutes() === minute ? at : undefined
}
