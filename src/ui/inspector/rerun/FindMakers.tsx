import { useEffect, useRef, useState } from 'react'
import { findMakers, makerItems } from '#context/attribution/find-makers.ts'
import { mostCalls, type Node } from '#context/attribution/halving-search.ts'
import type { Manifest } from '#context/manifest.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount, formatDuration, formatPlural, formatShare } from '#ui/kit/format.ts'
import { SectionLetter } from '#ui/kit/SectionLetter.tsx'
import { useActions } from '#ui/longhand-context.tsx'
import { estimateSeconds } from './run-estimate.ts'

/** Groups that a round keeps: the paper's five would double the cost of what is watched here. */
const keep = 2

type Search =
  | { readonly type: 'none' }
  | { readonly type: 'running'; readonly calls: number; readonly most: number }
  | { readonly type: 'ended'; readonly calls: number; readonly found: readonly Node[] }
  | { readonly type: 'failed'; readonly words: string }

type Props = { readonly manifest: Manifest; readonly recorded: string; readonly ready: boolean }

/** Looks for the items that carry the reply, by halving them and asking the model with one half at a time. */
export function FindMakers({ manifest, recorded, ready }: Props) {
  const { rerun } = useActions()
  const [search, setSearch] = useState<Search>({ type: 'none' })
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const items = makerItems(manifest)
  const most = mostCalls(items.length, keep)
  const seconds = estimateSeconds(manifest, most, 0.5)

  async function start() {
    const controller = new AbortController()
    running.current = controller
    const { signal } = controller
    let calls = 0
    setSearch({ type: 'running', calls, most })
    try {
      const found = await findMakers({
        manifest,
        recorded,
        keep,
        signal,
        async answer(prompt) {
          const again = await rerun({ prompt, sampling: manifest.sampling }, { signal })
          if (again.type === 'failed') throw new Error(`${again.problem.title} ${again.problem.advice}`)
          if (again.type === 'interrupted')
            throw new Error('A turn of the chat came first, so the search was ended. Start it again.')
          signal.throwIfAborted()
          calls++
          setSearch({ type: 'running', calls, most })
          return again.text
        },
      })
      setSearch({ type: 'ended', calls, found })
    } catch (error) {
      setSearch(
        signal.aborted ? { type: 'none' } : { type: 'failed', words: error instanceof Error ? error.message : String(error) },
      )
    }
  }

  return (
    <section aria-labelledby="find-makers" className="mt-3">
      <h4 id="find-makers" className="sr-only">
        What made this reply?
      </h4>
      <p className="text-xs text-ink-3">
        {items.length < 2 ? (
          'There are not two items to choose between in this prompt.'
        ) : (
          <>
            The model answers again with one half of the {formatPlural(items.length, 'item')} at a time; the halves whose answers
            are most like the recorded one are halved again. At most {formatPlural(most, 'run')}
            {seconds !== undefined && `, about ${formatDuration(seconds)} by what the recorded reply took`}. What is found carries
            the reply by itself; that is no proof that nothing else did.
          </>
        )}
      </p>
      {items.length >= 2 && (
        <div className="mt-2">
          {search.type === 'running' ? (
            <Button kind="outline" onClick={() => running.current?.abort()}>
              Stop search
            </Button>
          ) : (
            <Button kind="outline" disabled={!ready} onClick={() => void start()}>
              Find what made it
            </Button>
          )}
        </div>
      )}
      <p role="status" className="mt-2 text-sm text-ink-2">
        {search.type === 'running' &&
          `Run ${formatCount(Math.min(search.calls + 1, search.most))} of at most ${formatCount(search.most)}…`}
        {search.type === 'failed' && search.words}
        {search.type === 'ended' && `Found after ${formatPlural(search.calls, 'run')}:`}
      </p>
      {search.type === 'ended' && (
        <ol className="mt-1">
          {search.found.map(({ refs, value }) => {
            const item = items.find(({ ref }) => ref === refs[0])
            return (
              item && (
                <li key={item.ref} className="flex items-start gap-2 py-1.5 text-sm">
                  <SectionLetter section={item.section} />
                  <span className="num w-7 flex-none text-xs text-ink-3">{item.ref}</span>
                  <span className="line-clamp-2 min-w-0 flex-1 break-words">{item.text}</span>
                  <span className="text-xs whitespace-nowrap text-ink-2">alone: {formatShare(value)} alike</span>
                </li>
              )
            )
          })}
        </ol>
      )}
    </section>
  )
}
