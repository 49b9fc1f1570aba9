import { PenLine } from 'lucide-react'
import type { CallLog } from '#runtime/note-calls.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { callRows } from './call-words.ts'

/** How well the model writes memory: of what it was asked for, how much could be used. Nothing where it was never asked. */
export function CallList({ log }: { readonly log: CallLog | undefined }) {
  const rows = callRows(log ?? {})
  if (rows.length === 0) return null
  return (
    <section aria-labelledby="model-calls" className="mt-6 max-w-152 border-t border-line pt-4">
      <h2 id="model-calls" className="flex items-center gap-2 text-sm font-semibold">
        <Icon of={PenLine} className="text-ink-2" />
        How the model writes memory
      </h2>
      <p className="mt-0.5 text-xs text-ink-2">
        Every line of its answers is checked. What is not in the form, or not held by what was said, does not enter memory; rules
        write it then.
      </p>
      <dl className="mt-2 grid gap-2 text-sm">
        {rows.map(({ kind, name, words }) => (
          <div key={kind}>
            <dt className="font-medium">{name}</dt>
            <dd className="text-xs text-ink-2 tabular-nums">{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
