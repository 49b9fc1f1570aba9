import { type Source, sentenceSources, sourceItems } from '#context/attribution/sentence-sources.ts'
import type { Manifest } from '#context/manifest.ts'
import { useRecorded } from '#ui/inspector/rerun/use-recorded.ts'
import { SourceLink } from '#ui/inspector/SourceLink.tsx'
import { formatShare } from '#ui/kit/format.ts'

/** The reply sentence by sentence, each with the items of the prompt that its words stand in. */
export function Sources({ manifest }: { readonly manifest: Manifest }) {
  const recorded = useRecorded(manifest)
  if (recorded === undefined) return <p className="text-sm text-ink-2">Reading the reply…</p>
  const items = sourceItems(manifest)
  const sentences = sentenceSources(recorded, items)
  const found = sentences.filter(({ sources }) => sources.length > 0).length
  return (
    <section aria-labelledby="sources">
      <h3 id="sources" className="text-sm font-semibold">
        Where is this from?
      </h3>
      <p className="mt-0.5 text-xs text-ink-3">
        {found} of {sentences.length} sentences share words of meaning with something in the prompt, rare ones counting more. That
        tells where words stand, not what made the model write them: “Run again” without an item does.
      </p>
      <ol className="mt-2">
        {sentences.map(({ from, to, sources, unknown }) => (
          <li key={from} className="border-line py-2 not-first:border-t">
            <p className="text-sm break-words">{recorded.slice(from, to)}</p>
            <ul className="mt-1 space-y-0.5 text-xs text-ink-2">
              {sources.map((source) => {
                const item = items.find(({ ref }) => ref === source.ref)
                return (
                  item && (
                    <li key={source.ref} className="flex items-baseline gap-x-2">
                      <span className="num font-semibold text-ink">{source.ref}</span>
                      <span className="whitespace-nowrap">{sourceWords(source)}</span>
                      <q className="min-w-0 flex-1 truncate text-ink-3">{item.text}</q>
                      <span className="whitespace-nowrap">
                        <SourceLink source={item} />
                      </span>
                    </li>
                  )
                )
              })}
              {unknown.map((ref) => (
                <li key={ref} className="text-bad">
                  [{ref}] names nothing that was in the prompt
                </li>
              ))}
              {sources.length === 0 && unknown.length === 0 && (
                <li className="text-ink-3">shares too little with anything in the prompt</li>
              )}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  )
}

function sourceWords({ kind, share }: Source): string {
  if (kind === 'quoted') return share === 1 ? 'quoted word for word' : `quoted, ${formatShare(share)} of its words`
  return kind === 'cited' ? `cited, shares ${formatShare(share)}` : `shares ${formatShare(share)}`
}
