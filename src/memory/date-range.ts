/** A stretch of time, milliseconds since 1970, `to` exclusive. */
export type DateRange = { readonly from: number; readonly to: number }

const day = 86_400_000
const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'
const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const weekdays = 'sun mon tue wed thu fri sat'.split(' ')
const numbers = new Map(
  'a one two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, index) => [word, Math.max(1, index)]),
)
const unitDays = new Map([
  ['day', 1],
  ['week', 7],
  ['weekend', 7],
  ['month', 30.4],
  ['year', 365.25],
])

const iso = /\b(\d{4})-(\d{2})-(\d{2})\b/
const dayOfMonth = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?(?: of)? (${months})\\b\\.?(?:,? (\\d{4}))?`, 'i')
const monthDay = new RegExp(`\\b(${months})\\.? (\\d{1,2})(?:st|nd|rd|th)?\\b(?:,? (\\d{4}))?`, 'i')
const monthOnly = new RegExp(`\\b(?:in|during|since|of|last|this|early|late|mid)[ -](${months})\\b\\.?(?:,? (\\d{4}))?`, 'i')
const ago =
  /\b(?:an?|(?:a )?couple(?: of)?|few|\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b (?=(?:days?|weeks?|months?|years?) ago)(day|week|month|year)s? ago/i
const lastUnit = /\b(last|past|this|previous) (week|weekend|month|year)\b/i
const namedDay = /\b(?:last |on |this |past )(sun|mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?)(?:day)?\b/i
const yearOnly = /\b(?:in|during|since) ((?:19|20)\d{2})\b/i

/**
 * The time that a text speaks of, by rules, seen from `at`, in UTC: "yesterday", "two weeks ago", "last month", "on Monday",
 * "in March", "5 May 2023", "2023-05-05". Undefined when it names none. English only; a model would invent ranges
 * (LongMemEval, Wu et al. 2024, section 5.4), rules do not.
 */
export function dateRange(text: string, at: number): DateRange | undefined {
  const today = Math.floor(at / day) * day
  const days = (from: number, count: number): DateRange => ({ from, to: from + count * day })

  const exact = iso.exec(text)
  if (exact) return days(Date.UTC(Number(exact[1]), Number(exact[2]) - 1, Number(exact[3])), 1)
  const first = dayOfMonth.exec(text)
  if (first) return days(dateOf(first[2], Number(first[1]), first[3], at), 1)
  const second = monthDay.exec(text)
  if (second) return days(dateOf(second[1], Number(second[2]), second[3], at), 1)
  const month = monthOnly.exec(text)
  if (month) {
    const from = dateOf(month[1], 1, month[2], at)
    const date = new Date(from)
    return { from, to: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) }
  }
  if (/\bday before yesterday\b/i.test(text)) return days(today - 2 * day, 1)
  if (/\byesterday\b|\blast night\b/i.test(text)) return days(today - day, 1)
  if (/\btoday\b|\bthis (?:morning|afternoon|evening)\b|\btonight\b/i.test(text)) return days(today, 1)
  const back = ago.exec(text)
  if (back) return agoRange(back[0], back[1] ?? 'day', today)
  const unit = lastUnit.exec(text)
  if (unit) {
    const length = (unitDays.get((unit[2] ?? '').toLowerCase()) ?? 7) * day
    return (unit[1] ?? '').toLowerCase() === 'this'
      ? { from: today - length, to: today + day }
      : { from: today - 2 * length, to: today + day }
  }
  const weekday = namedDay.exec(text)
  if (weekday) {
    const wanted = weekdays.indexOf((weekday[1] ?? '').slice(0, 3).toLowerCase())
    const back = (new Date(today).getUTCDay() - wanted + 7) % 7 || 7
    return days(today - back * day, 1)
  }
  const year = yearOnly.exec(text)
  if (year) return { from: Date.UTC(Number(year[1]), 0, 1), to: Date.UTC(Number(year[1]) + 1, 0, 1) }
  return undefined
}

/** The date named; without a year the last such date that is not after `at`. */
function dateOf(monthName: string | undefined, dayNumber: number, year: string | undefined, at: number): number {
  const month = monthNames.indexOf((monthName ?? '').slice(0, 3).toLowerCase())
  if (year !== undefined) return Date.UTC(Number(year), month, dayNumber)
  const thisYear = new Date(at).getUTCFullYear()
  const date = Date.UTC(thisYear, month, dayNumber)
  return date <= at ? date : Date.UTC(thisYear - 1, month, dayNumber)
}

/** "Three weeks ago" is meant to within half a unit. */
function agoRange(text: string, unitName: string, today: number): DateRange {
  const word = text.split(' ')[0]?.toLowerCase() ?? 'a'
  const count = /couple/i.test(text) ? 2 : word === 'few' ? 3 : (numbers.get(word) ?? (Number(word) || 1))
  const unit = (unitDays.get(unitName.toLowerCase()) ?? 1) * day
  const middle = today - count * unit
  const slack = Math.max(unit / 2, word === 'few' ? unit : 0)
  return { from: middle - slack, to: middle + slack + day }
}
