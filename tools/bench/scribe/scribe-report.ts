import type { Message } from '#chat/message.ts'
import { addCalls, noCalls } from '#memory/ask.ts'
import { type CallLog, callKinds, readCallLog } from '#runtime/note-calls.ts'
import type { Runtime } from '#runtime/runtime.ts'
import { verifySupport } from './verify-support.ts'

export type ScribeReport = {
  readonly calls: CallLog
  /** Versions of the summary by who wrote them: a model's answer that was rejected is made by extraction. */
  readonly summaries: { readonly model: number; readonly extracted: number }
  /** Facts, events and plans in the log by who made them. */
  readonly facts: { readonly model: number; readonly extracted: number }
  /** Sentences that were looked at again, and those whose evidence does not hold them. */
  readonly sentences: number
  readonly violations: readonly string[]
}

/** What a run left in memory, and what it took. */
export async function reportScribe({ services, ops }: Runtime, messages: readonly Message[]): Promise<ScribeReport> {
  const made = ops.flatMap((op) => ('memory' in op ? [op.memory] : []))
  const by = (memories: typeof made) => ({
    model: memories.filter(({ madeBy }) => madeBy === 'model').length,
    extracted: memories.filter(({ madeBy }) => madeBy === 'extracted').length,
  })
  const { checked, violations } = verifySupport(ops, messages)
  return {
    calls: await readCallLog(services.storage.settings),
    summaries: by(made.filter(({ kind, level }) => kind === 'summary' && level === 0)),
    facts: by(made.filter(({ kind }) => kind === 'fact' || kind === 'event' || kind === 'loop')),
    sentences: checked,
    violations,
  }
}

export function addScribes(a: ScribeReport | undefined, b: ScribeReport): ScribeReport {
  if (!a) return b
  const kinds = callKinds.filter((kind) => a.calls[kind] || b.calls[kind])
  const both = (one: ScribeReport['facts'], other: ScribeReport['facts']) => ({
    model: one.model + other.model,
    extracted: one.extracted + other.extracted,
  })
  return {
    calls: Object.fromEntries(kinds.map((kind) => [kind, addCalls(a.calls[kind] ?? noCalls, b.calls[kind] ?? noCalls)])),
    summaries: both(a.summaries, b.summaries),
    facts: both(a.facts, b.facts),
    sentences: a.sentences + b.sentences,
    violations: [...a.violations, ...b.violations],
  }
}

export function printScribe(name: string, { calls, summaries, facts, sentences, violations }: ScribeReport): void {
  const percent = (part: number, whole: number) => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(0)} %`)
  console.log(`\n${name}`)
  for (const kind of callKinds) {
    const report = calls[kind]
    if (!report) continue
    const { asked, parsed, lines, dropped, why = {} } = report
    const reasons = Object.entries(why).map(([reason, count]) => `${reason} ${count}`)
    console.log(
      `  ${kind.padEnd(10)} asked ${asked}, read ${percent(parsed, asked)}, ${lines} lines, dropped ${percent(dropped, lines)}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}`,
    )
  }
  console.log(`  summaries  ${summaries.model} by the model, ${summaries.extracted} by extraction`)
  console.log(`  facts      ${facts.model} by the model, ${facts.extracted} by rules`)
  console.log(`  supported  ${percent(sentences - violations.length, sentences)} of ${sentences} sentences (rule M13)`)
  for (const violation of violations.slice(0, 20)) console.log(`    ${violation}`)
}
