import { interval, meanWithInterval } from './bootstrap.ts'
import type { Figure, System } from './measure.ts'
import { auroc, keptAt } from './metrics.ts'
import type { Suite } from './read-sets.ts'

/** A line of the scorecard. Values in percent; AUROC 0…1. */
export type Row = {
  readonly suite: Suite
  readonly system: System
  readonly metric: string
  readonly budget: number | null
  readonly category: string
  readonly n: number
  readonly value: number
  readonly low: number
  readonly high: number
}

const round = (value: number, digits: number) => Number(value.toFixed(digits))

/** Means of all figures by suite, system, metric, budget and category, and the figures of confidence. */
export function rowsOf(figures: readonly Figure[]): readonly Row[] {
  const groups = new Map<string, { head: Figure; category: string; values: number[] }>()
  for (const figure of figures) {
    if (figure.metric === 'confidence') continue
    for (const category of ['all', ...figure.categories]) {
      const key = [figure.suite, figure.system, figure.metric, figure.budget, category].join('|')
      const group = groups.get(key) ?? { head: figure, category, values: [] }
      group.values.push(figure.value)
      groups.set(key, group)
    }
  }
  const means = [...groups.values()].map(({ head, category, values }): Row => {
    const { value, low, high } = meanWithInterval(values)
    const { suite, system, metric, budget } = head
    return {
      suite,
      system,
      metric,
      budget,
      category,
      n: values.length,
      value: round(100 * value, 2),
      low: round(100 * low, 2),
      high: round(100 * high, 2),
    }
  })
  return [...means, ...abstention(figures)]
}

/** How well confidence tells questions that can be answered from those that cannot. */
function abstention(figures: readonly Figure[]): readonly Row[] {
  const groups = new Map<string, Figure[]>()
  for (const figure of figures) {
    if (figure.metric !== 'confidence' || figure.system === 'recency') continue
    const key = `${figure.suite}|${figure.system}`
    groups.set(key, [...(groups.get(key) ?? []), figure])
  }
  return [...groups.values()].flatMap((group) => {
    const isAnswerable = ({ categories }: Figure) => !categories.includes('unanswerable')
    const head = group[0]
    if (!head || group.every(isAnswerable) || !group.some(isAnswerable)) return []
    const parts = (draw: readonly Figure[]) =>
      [
        draw.filter(isAnswerable).map(({ value }) => value),
        draw.filter((one) => !isAnswerable(one)).map(({ value }) => value),
      ] as const
    const row = (metric: string, statistic: (of: readonly Figure[]) => number, scale: number): Row => {
      const { low, high } = interval(group.length, (draw) => {
        const of = [...draw].flatMap((index) => group[index] ?? [])
        // A draw without one of the two kinds says nothing; it counts as the whole.
        return of.every(isAnswerable) || !of.some(isAnswerable) ? statistic(group) : statistic(of)
      })
      const { suite, system } = head
      return {
        suite,
        system,
        metric,
        budget: null,
        category: 'all',
        n: group.length,
        value: round(scale * statistic(group), 3),
        low: round(scale * low, 3),
        high: round(scale * high, 3),
      }
    }
    return [
      row('AUROC', (of) => auroc(...parts(of)), 1),
      row('kept at 10% false accepts', (of) => keptAt(0.1, ...parts(of)), 100),
    ]
  })
}
