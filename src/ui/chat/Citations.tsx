import { useMemo } from 'react'
import { checkCitations, type Verdict } from '#context/attribution/citations.ts'
import type { Manifest } from '#context/manifest.ts'
import { SourceLink } from '#ui/inspector/SourceLink.tsx'
import { openReceipt } from '#ui/shell/shell-state.ts'

const verdicts: Readonly<Record<Verdict, { readonly words: string; readonly tone: string }>> = {
  quoted: { words: 'quoted', tone: 'text-good' },
  refers: { words: 'refers to', tone: 'text-ink-2' },
  misquoted: { words: 'quoted, but these words are not in it', tone: 'text-bad' },
  nothing: { words: 'names nothing that was in the prompt', tone: 'text-bad' },
}

type Props = { readonly manifest: Manifest; readonly text: string }

/** What a reply that was asked to name its sources names, sentence by sentence, each checked against the prompt. */
export function Citations({ manifest, text }: Props) {
  const sentences = useMemo(() => checkCitations(manifest, text), [manifest, text])
  if (!sentences) return null
  if (sentences.length === 0)
    return <p className="mt-1.5 text-xs text-ink-3">It was asked to name what it draws on, and names nothing.</p>
  return (
    <ol aria-label="Sources named in the reply" className="mt-2 space-y-2 border-line border-l-2 pl-3 text-xs text-ink-2">
      {sentences.map(({ from, to, citations }) => (
        <li key={from}>
          <p className="truncate text-ink-3">{text.slice(from, to).trim()}</p>
          <ul>
            {citations.map(({ ref, verdict, item }) => (
              <li key={ref} className="flex flex-wrap items-baseline gap-x-2">
                {item ? (
                  <button
                    type="button"
                    aria-label={`${ref} in the receipt`}
                    onClick={() => openReceipt(manifest.replyId, ref)}
                    className="link min-w-6 cursor-pointer text-left font-mono font-semibold touch:min-h-11 touch:min-w-11"
                  >
                    {ref}
                  </button>
                ) : (
                  <span className="font-mono font-semibold">{ref}</span>
                )}
                <span className={verdicts[verdict].tone}>{verdicts[verdict].words}</span>
                {item && (
                  <>
                    <q className="min-w-0 flex-1 basis-40 truncate text-ink-3">{item.text}</q>
                    <SourceLink source={item} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}
