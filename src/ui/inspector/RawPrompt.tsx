import clsx from 'clsx'
import { Copy } from 'lucide-react'
import { useState } from 'react'
import type { Manifest } from '#context/manifest.ts'
import type { TokenPiece } from '#ports/token-counter.ts'
import { Button } from '#ui/kit/Button.tsx'
import { copyText } from '#ui/kit/copy-text.ts'
import { formatCount, formatPlural } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { Segmented } from '#ui/kit/Segmented.tsx'
import { sectionLook } from '#ui/kit/section-look.ts'
import { useActions } from '#ui/longhand-context.tsx'
import { promptRuns } from './prompt-runs.ts'
import { TokenText } from './TokenText.tsx'
import { type TokenRun, tokenRuns } from './token-runs.ts'

const roleWords = { system: 'system', user: 'user', assistant: 'assistant', reply: 'opening of the reply' }

type View = 'sections' | 'tokens'
const views = [
  { value: 'sections', label: 'Sections' },
  { value: 'tokens', label: 'Sections and tokens' },
] as const

/** The exact text that was sent, part by part; items stand on their section's colour with their ref, template marks do not. */
export function RawPrompt({ manifest }: { readonly manifest: Manifest }) {
  const { tokenPieces } = useActions()
  const [view, setView] = useState<View>('sections')
  const [pieces, setPieces] = useState<readonly (readonly TokenPiece[])[] | 'unknown'>()
  const text = manifest.prompt.map((part) => part.text).join('')
  function choose(next: View) {
    setView(next)
    if (next === 'tokens' && pieces === undefined) void tokenPieces(manifest).then((found) => setPieces(found ?? 'unknown'))
  }
  const known = view === 'tokens' && typeof pieces === 'object' ? pieces : undefined
  return (
    <section aria-labelledby="raw-prompt">
      <div className="flex items-center gap-2">
        <h3 id="raw-prompt" className="text-sm font-semibold">
          Raw prompt
        </h3>
        <span className="flex-1 text-xs text-ink-3">
          {formatPlural(manifest.prompt.length, 'part')}, {formatCount(text.length)} characters
        </span>
        <Button className="-mr-3" onClick={() => void copyText(text, 'Prompt copied')}>
          <Icon of={Copy} />
          Copy
        </Button>
      </div>
      <Segmented label="Show" hideLabel value={view} options={views} onChange={choose} />
      <p role="status" className="mt-1.5 mb-2 text-xs text-ink-3">
        {view === 'sections'
          ? 'Joined, the parts are what the model read, byte for byte.'
          : pieces === undefined
            ? 'Cutting the prompt at its tokens…'
            : pieces === 'unknown'
              ? `The tokenizer of ${manifest.model.name} is not here, so its tokens cannot be shown.`
              : 'A stroke stands before every token. Each part is cut by itself, as the engine reads it.'}
      </p>
      <ol className="space-y-1.5">
        {manifest.prompt.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stored prompt never changes, and its parts have no other name.
          <li key={index} className="rounded-md bg-paper px-3 pt-1.5 pb-2">
            <p className="flex text-xs text-ink-3">
              <span className="flex-1">{roleWords[part.role]}</span>
              {known && (
                <span className="mr-3">
                  <span className="num">{formatCount((known[index] ?? []).reduce((sum, piece) => sum + piece.tokens, 0))}</span>{' '}
                  tokens
                </span>
              )}
              <span className="num">{index + 1}</span>
            </p>
            <PartText manifest={manifest} part={index} pieces={known?.[index]} />
          </li>
        ))}
      </ol>
    </section>
  )
}

type PartProps = { readonly manifest: Manifest; readonly part: number; readonly pieces: readonly TokenPiece[] | undefined }

function PartText({ manifest, part, pieces }: PartProps) {
  const runs = promptRuns(manifest, part)
  const cut: readonly (readonly TokenRun[])[] | undefined = pieces && tokenRuns(runs, pieces)
  return (
    <pre className={clsx('font-mono text-xs break-words whitespace-pre-wrap text-ink-2', cut && 'leading-5')}>
      {runs.map((run, at) => {
        const words = cut ? <TokenText runs={cut[at] ?? []} /> : run.text
        return (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the runs of a stored prompt never change.
            key={at}
            {...(run.item && {
              'data-ref': run.item.ref,
              style: { '--section': sectionLook[run.item.section].color },
              className:
                'box-decoration-clone rounded-xs bg-[color-mix(in_oklab,var(--section)_13%,transparent)] text-ink before:section-text before:mr-1.5 before:font-semibold before:text-2xs before:content-[attr(data-ref)]',
            })}
          >
            {words}
          </span>
        )
      })}
    </pre>
  )
}
