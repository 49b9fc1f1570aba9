import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { Problem } from '#shared/problem.ts'

type Props = {
  readonly problem: Problem
  readonly tone?: 'bad' | 'warn'
  /** What the user can do now. */
  readonly children?: ReactNode
}

/** What went wrong, what it means and what to do; the technical text on demand. */
export function ProblemNote({ problem, tone = 'bad', children }: Props) {
  return (
    <div
      className={clsx(
        'py-0.5 pl-4',
        tone === 'bad' ? 'shadow-[inset_3px_0_0_var(--color-bad)]' : 'shadow-[inset_3px_0_0_var(--color-warn)]',
      )}
    >
      <p className="font-semibold">{problem.title}</p>
      <p className="max-w-152 text-ink-2">{problem.advice}</p>
      {children && <div className="mt-2 flex flex-wrap gap-1.5">{children}</div>}
      {problem.detail && (
        <details className="mt-1 text-xs text-ink-3">
          <summary className="w-fit cursor-pointer rounded-sm">What happened</summary>
          <p className="mt-1 font-mono break-words whitespace-pre-wrap">{problem.detail}</p>
          <p className="num mt-1">{problem.type}</p>
        </details>
      )}
    </div>
  )
}
