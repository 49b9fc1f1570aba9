import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { Problem } from '#shared/problem.ts'

type Props = {
  readonly problem: Problem
  readonly tone?: 'bad' | 'warn'
  /** Read aloud as soon as it is shown. */
  readonly alert?: boolean
  /** What the user can do now. */
  readonly children?: ReactNode
}

/** What went wrong, what it means and what to do; the technical text on demand. */
export function ProblemNote({ problem, tone = 'bad', alert, children }: Props) {
  return (
    <div
      className={clsx(
        'py-0.5 pl-4',
        tone === 'bad' ? 'shadow-[inset_3px_0_0_var(--color-bad)]' : 'shadow-[inset_3px_0_0_var(--color-warn)]',
      )}
    >
      <div role={alert ? 'alert' : undefined}>
        <p className="font-semibold">{problem.title}</p>
        <p className="max-w-152 text-ink-2">{problem.advice}</p>
      </div>
      {children && <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1.5">{children}</div>}
      {problem.detail && (
        <details className="mt-1 text-xs text-ink-3">
          <summary className="w-fit cursor-pointer rounded-sm touch:py-3">What happened</summary>
          <p className="mt-1 font-mono wrap-anywhere whitespace-pre-wrap">{problem.detail}</p>
          <p className="num mt-1">{problem.type}</p>
        </details>
      )}
    </div>
  )
}
