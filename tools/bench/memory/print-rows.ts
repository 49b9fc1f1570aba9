import type { Costs } from './measure.ts'
import type { Row } from './rows.ts'

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0

/** The scorecard for people: a line for each suite, metric and category, systems and budgets side by side. */
export function printRows(rows: readonly Row[], { ingestMs, messages, queryMs }: Costs, seconds: number): void {
  const lines = new Map<string, Row[]>()
  for (const row of rows) {
    const key = `${row.suite.padEnd(12)} ${row.metric.padEnd(26)} ${row.category.padEnd(28)} ${row.system.padEnd(9)}`
    lines.set(key, [...(lines.get(key) ?? []), row])
  }
  console.log(
    '\nsuite        metric                     category                     system       n   value [95 % interval] by budget',
  )
  for (const [key, group] of [...lines].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const cells = group.map(({ budget, value, low, high }) => `${budget === null ? '' : `${budget}: `}${value} [${low}, ${high}]`)
    console.log(`${key} ${String(group[0]?.n ?? 0).padStart(4)}   ${cells.join('   ')}`)
  }
  const sorted = queryMs.toSorted((a, b) => a - b)
  console.log(
    `\n${messages} messages taken in, ${(ingestMs / Math.max(1, messages)).toFixed(3)} ms each; ${sorted.length} questions, p50 ${quantile(sorted, 0.5).toFixed(2)} ms, p95 ${quantile(sorted, 0.95).toFixed(2)} ms; ${seconds.toFixed(0)} s in all`,
  )
}
