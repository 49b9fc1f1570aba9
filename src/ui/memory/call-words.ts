import { addCalls, type CallReport, type DropReason, noCalls } from '#memory/ask.ts'
import { type CallKind, type CallLog, callKinds } from '#runtime/note-calls.ts'
import { formatCount, formatPlural } from '#ui/kit/format.ts'

const kindWords: Readonly<Record<CallKind, string>> = {
  summary: 'Summaries',
  facts: 'Facts about you',
  reconcile: 'What a new fact does to known ones',
  core: 'Its core text about you',
  choose: 'Which memories a message needs',
  search: 'What to search for before a reply',
}

const reasonWords: Readonly<Record<DropReason, string>> = {
  unsupported: 'not held by what was said',
  form: 'not in the form',
  repeated: 'said twice',
  told: 'known in your own words',
  'no-room': 'beyond the room',
  copied: 'copied from the chat',
  forgot: 'of answers that forgot what was known',
}

/** "Asked 12 times, 9 answers could be used, 31 lines, 12 dropped: 8 not held by what was said, 4 said twice". */
export function reportWords({ asked, parsed, lines, dropped, why = {} }: CallReport): string {
  const answers = `Asked ${formatPlural(asked, 'time')}, ${formatPlural(parsed, 'answer')} could be used`
  const reasons = (Object.entries(why) as [DropReason, number][])
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${formatCount(count)} ${reasonWords[reason]}`)
  // Where an answer is a word and no text, its lines say nothing that the answers do not.
  if (lines === 0 || lines === asked) return answers
  return `${answers}, ${formatPlural(lines, 'line')}, ${formatCount(dropped)} dropped${reasons.length > 0 ? `: ${reasons.join(', ')}` : ''}`
}

/** A row for each kind of call that was made. */
export function callRows(log: CallLog): readonly { readonly kind: CallKind; readonly name: string; readonly words: string }[] {
  return callKinds.flatMap((kind) => {
    const report = log[kind]
    return report && report.asked > 0 ? [{ kind, name: kindWords[kind], words: reportWords(report) }] : []
  })
}

/** All kinds together; undefined where the model was never asked. */
export function callTotal(log: CallLog): CallReport | undefined {
  const total = callKinds.reduce((sum, kind) => addCalls(sum, log[kind] ?? noCalls), noCalls)
  return total.asked > 0 ? total : undefined
}
