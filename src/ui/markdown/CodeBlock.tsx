import { Check, Copy } from 'lucide-react'
import { Fragment, memo, useEffect, useState } from 'react'
import { Button } from '#ui/kit/Button.tsx'
import { Icon } from '#ui/kit/Icon.tsx'
import { useCopied } from '#ui/kit/use-copied.ts'
import type { CodeRun } from './parse-highlight.ts'

const maxHighlighted = 40_000

/** Code between fences. It is coloured once it is finished, by a highlighter that is fetched at the first such block. */
export const CodeBlock = memo(function CodeBlock({
  code,
  language,
  open,
}: {
  readonly code: string
  readonly language: string
  readonly open: boolean
}) {
  const { copied, copy } = useCopied()
  const [runs, setRuns] = useState<readonly CodeRun[]>()
  useEffect(() => {
    setRuns(undefined)
    if (open || language === '' || code.length > maxHighlighted) return
    let current = true
    void import('./highlight.ts').then(({ highlight }) => current && setRuns(highlight(code, language)))
    return () => {
      current = false
    }
  }, [code, language, open])
  return (
    <figure className="code-figure overflow-hidden rounded-lg bg-rail dark:bg-raised">
      <figcaption className="flex min-h-8 items-center pr-1.5 pl-4 text-xs text-ink-3">
        {language || 'code'}
        <Button kind="plain" className="ml-auto min-h-6.5! text-xs! text-ink-2" onClick={() => copy(code, 'Code copied')}>
          <Icon of={copied ? Check : Copy} size={14} />
          {copied ? 'Copied' : 'Copy'}
        </Button>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and keys must reach them. */}
      <pre tabIndex={0} className="thin-scroll overflow-auto px-4 pt-0.5 pb-3.5 font-mono text-sm leading-[1.35rem]">
        <code>
          {runs?.map((run, index) =>
            run.className ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: runs are drawn once, in order.
              <span key={index} className={run.className}>
                {run.text}
              </span>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: runs are drawn once, in order.
              <Fragment key={index}>{run.text}</Fragment>
            ),
          ) ?? code}
        </code>
      </pre>
    </figure>
  )
})
