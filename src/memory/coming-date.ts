import type { DateRange } from './date-range.ts'

const dayMs = 86_400_000
const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const weekdays = 'sun mon tue wed thu fri sat'.split(' ')
const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')
const unitDays: Readonly<Record<string, number>> = { hour: 1 / 24, day: 1, week: 7, month: 30, year: 365 }

const dayMonth = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${months})\\b(?:,? (\\d{4}))?`, 'i')
const monthDay = new RegExp(`\\b(${months})\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?!:)(?:,? (\\d{4}))?`, 'i')
const month = new RegExp(`\\b(?:in|next|this|until|till|by|during) (${months})\\b(?:,? (\\d{4}))?`, 'i')
const weekday = /\b(?:on|this|next|by|coming|until) (sun|mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?)(?:day)?\b/i
const ahead = /\b(?:in|within) (an?|a couple of|a few|\w+) (hour|day|week|month|year)s?\b(?! ago)/i
const length = /\bfor (?:the next |about |around )?(an?|a couple of|a few|\w+) (hour|day|week|month|year)s?\b/i

/** The time to come that a text names, seen from `at`, in UTC: "tomorrow", "next week", "on Friday", "in March", "14 June 2027". */
export function comingDate(text: string, at: number): DateRange | undefined {
  const today = Math.floor(at / dayMs) * dayMs
  const days = (from: number, count: number): DateRange => ({ from, to: from + count * dayMs })
  const exact = /\b(\d{4})-(\d{2})-(\d{2})\b/.exec(text)
  if (exact) return days(Date.UTC(Number(exact[1]), Number(exact[2]) - 1, Number(exact[3])), 1)
  const byDay = dayMonth.exec(text)
  if (byDay) return days(nextDate(byDay[2], Number(byDay[1]), byDay[3], at), 1)
  const byMonth = monthDay.exec(text)
  if (byMonth) return days(nextDate(byMonth[1], Number(byMonth[2]), byMonth[3], at), 1)
  if (/\bday after tomorrow\b/i.test(text)) return days(today + 2 * dayMs, 1)
  if (/\btomorrow\b/i.test(text)) return days(today + dayMs, 1)
  if (/\btonight\b|\blater today\b|\bthis (?:afternoon|evening)\b/i.test(text)) return days(today, 1)
  const unit = /\bnext (week(?:end)?|month|year|summer|winter|spring|autumn|fall)\b/i.exec(text)?.[1]?.toLowerCase()
  if (unit)
    return unit.startsWith('week')
      ? days(today + 7 * dayMs, 7)
      : unit === 'month'
        ? days(today + 30 * dayMs, 30)
        : days(today + 90 * dayMs, 365)
  if (/\bthis weekend\b/i.test(text)) return days(today + ((6 - new Date(today).getUTCDay() + 7) % 7) * dayMs, 2)
  const named = weekday.exec(text)
  if (named) {
    const wanted = weekdays.indexOf((named[1] ?? '').slice(0, 3).toLowerCase())
    return days(today + ((wanted - new Date(today).getUTCDay() + 7) % 7 || 7) * dayMs, 1)
  }
  const span = ahead.exec(text)
  if (span) {
    const off = amount(span[1]) * (unitDays[(span[2] ?? 'day').toLowerCase()] ?? 1) * dayMs
    return off > 0 ? days(Math.floor((at + off) / dayMs) * dayMs, 1) : undefined
  }
  const inMonth = month.exec(text)
  if (inMonth) return days(nextDate(inMonth[1], 1, inMonth[2], at), 31)
  return undefined
}

/** How long a text says that something takes ("for two weeks"), in milliseconds; a month counts 30 days (GapChat, paper #47). */
export function statedDuration(text: string): number | undefined {
  const found = length.exec(text)
  const days = amount(found?.[1]) * (unitDays[(found?.[2] ?? '').toLowerCase()] ?? 0)
  return days > 0 ? days * dayMs : undefined
}

function amount(word = ''): number {
  const lower = word.toLowerCase()
  if (lower === 'a' || lower === 'an') return 1
  if (lower === 'a couple of') return 2
  if (lower === 'a few') return 3
  return Number(lower) || Math.max(0, numbers.indexOf(lower))
}

/** The date named; without a year the next such date that is not before the day of `at`. */
function nextDate(monthName: string | undefined, dayNumber: number, year: string | undefined, at: number): number {
  const monthNumber = monthNames.indexOf((monthName ?? '').slice(0, 3).toLowerCase())
  if (year !== undefined) return Date.UTC(Number(year), monthNumber, dayNumber)
  const thisYear = new Date(at).getUTCFullYear()
  const end = Date.UTC(thisYear, monthNumber, dayNumber === 1 ? 31 : dayNumber + 1)
  return Date.UTC(end <= at ? thisYear + 1 : thisYear, monthNumber, dayNumber)
}
