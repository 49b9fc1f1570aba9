import { Link } from 'wouter'
import type { CallLog } from '#runtime/note-calls.ts'
import { formatCount, formatPlural } from '#ui/kit/format.ts'
import { callTotal } from './call-words.ts'
import { memoryPath } from './memory-path.ts'

/** One quiet line on how far the model can be read, with the way to more; nothing where it was never asked. */
export function CallLine({ log }: { readonly log: CallLog | undefined }) {
  const total = callTotal(log ?? {})
  if (!total) return null
  return (
    <p className="mt-2 text-xs text-ink-3">
      The model was asked for memory {formatPlural(total.asked, 'time')}; {formatCount(total.parsed)} of its answers could be
      used.{' '}
      <Link href={memoryPath(undefined, 'check')} className="link">
        How it writes
      </Link>
    </p>
  )
}
