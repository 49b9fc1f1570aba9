import { meanWithInterval } from '../memory/bootstrap.ts'
import { distances, type Retained } from './retention.ts'

/** A line of the table. Values in percent. `tokens`: the mean of what was looked into. */
export type RetentionRow = {
  readonly suite: string
  readonly system: string
  readonly distance: number
  readonly n: number
  readonly value: number
  readonly low: number
  readonly high: number
  readonly tokens: number
  /** Percent by 1,000 tokens. */
  readonly perThousand: number
}

/** One question's answer from one system, and the tokens that it took. */
export type Seen = { readonly holds: boolean; readonly tokens: number }

const round = (value: number, digits = 1) => Number(value.toFixed(digits))

export function retentionRows(
  suite: string,
  facts: readonly Retained[],
  systems: Readonly<Record<string, (one: Retained) => Seen>>,
): readonly RetentionRow[] {
  return distances.flatMap((distance) => {
    const reached = facts.filter((one) => one.distance === distance)
    if (reached.length === 0) return []
    return Object.entries(systems).map(([system, look]): RetentionRow => {
      const seen = reached.map(look)
      const { value, low, high } = meanWithInterval(seen.map(({ holds }) => Number(holds)))
      const tokens = seen.reduce((sum, one) => sum + one.tokens, 0) / seen.length
      return {
        suite,
        system,
        distance,
        n: seen.length,
        value: round(100 * value),
        low: round(100 * low),
        high: round(100 * high),
        tokens: round(tokens, 0),
        perThousand: round((100_000 * value) / Math.max(1, tokens)),
      }
    })
  })
}

export function printRetention(rows: readonly RetentionRow[]): void {
  console.log('\nsuite        system                d     n   kept % [95 % interval]   tokens   % by 1,000 tokens')
  for (const { suite, system, distance, n, value, low, high, tokens, perThousand } of rows)
    console.log(
      `${suite.padEnd(12)} ${system.padEnd(20)} ${String(distance).padStart(2)} ${String(n).padStart(5)}   ${`${value} [${low}, ${high}]`.padEnd(22)} ${String(tokens).padStart(7)}   ${perThousand}`,
    )
}
