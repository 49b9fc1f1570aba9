import { Link } from 'wouter'
import type { WindowStart } from './window-start.ts'

/** Drawn before the first turn that the next prompt holds as it was said. */
export function WindowStartLine({ start, turn }: { readonly start: WindowStart; readonly turn: number | undefined }) {
  const before = turn === undefined ? 'Earlier turns' : turn === 2 ? 'Turn 1' : `Turns 1–${turn - 1}`
  const are = turn === 2 ? 'is' : 'are'
  return (
    <p className="mt-1 mb-6.5 flex items-center gap-3 text-xs text-ink-3 before:h-px before:flex-[0_0_20px] before:bg-line after:h-px after:flex-1 after:bg-line phone:before:hidden">
      <span>
        {turn === undefined ? 'The window starts here.' : `The window starts at turn ${turn}.`} {before}{' '}
        {start.summaryId ? (
          <>
            {are} in it as a{' '}
            <Link href={`/memory/${start.summaryId}`} className="link">
              summary
            </Link>
            .
          </>
        ) : (
          `${are} on disk, not in it.`
        )}
      </span>
    </p>
  )
}
