import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { collectImport, type ImportProblem } from '#lab/importers/imported.ts'
import { readTiage } from '#lab/importers/tiage.ts'
import { toProduct } from '#lab/importers/to-product.ts'
import { split } from '#memory/split.ts'
import type { Figure } from './measure.ts'

/**
 * How well the product's split finds the shifts of topic that TIAGE's people marked: precision, recall and F1 of a dialogue's
 * boundaries, a boundary being the message that begins a topic. Segments are whole rounds, so that a shift that the second
 * speaker makes cannot be found exactly.
 */
export function measureTopics(data: string, limit: number, take: (figure: Figure) => void): readonly ImportProblem[] {
  const intake = collectImport()
  const folder = join(data, 'tiage')
  for (const name of readdirSync(folder).filter((file) => /^anno_.*\.json$/.test(file)))
    readTiage(readFileSync(join(folder, name), 'utf8'), name, Date.UTC(2024, 0, 1), intake)
  for (const conversation of intake.conversations.slice(0, limit)) {
    const { messages } = toProduct(conversation)
    const shifts = new Set(conversation.topicShifts)
    const marked = new Set(
      conversation.messages.flatMap(({ key }, index) => (shifts.has(key) ? (messages[index]?.id ?? []) : [])),
    )
    const found = split(messages, { by: 'topic' })
      .slice(1)
      .flatMap((segment) => segment.messages[0]?.id ?? [])
    const right = found.filter((id) => marked.has(id)).length
    const precision = found.length === 0 ? 0 : right / found.length
    const recall = marked.size === 0 ? 1 : right / marked.size
    const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall)
    for (const [metric, value] of Object.entries({ P: precision, R: recall, F1: f1 }))
      take({ suite: 'tiage', system: 'longhand', metric, budget: null, categories: [], value })
  }
  return intake.problems
}
