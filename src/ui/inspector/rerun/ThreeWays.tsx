import { Play, Square } from 'lucide-react'
import { useEffect } from 'react'
import type { Manifest } from '#context/manifest.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount, formatSeconds } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { useThreeWays, type WayState } from './use-three-ways.ts'

type Props = {
  readonly manifest: Manifest
  readonly ready: boolean
  /** Asked for where it was opened: it begins by itself. */
  readonly begin: boolean
}

/** The question of this reply answered from the whole transcript, from memory, and from recent turns alone, side by side. */
export function ThreeWays({ manifest, ready, begin }: Props) {
  const { ways, running, start, stop } = useThreeWays(manifest)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it is opened.
  useEffect(() => {
    if (begin && ready) void start()
  }, [])
  return (
    <section aria-labelledby="three-ways" className="mt-3">
      <h4 id="three-ways" className="sr-only">
        Three ways
      </h4>
      <p className="text-xs text-ink-3">
        The same question, seed and sampling: with all that was said in this chat, with the window as it was assembled, and with
        the recent turns of that window alone.
      </p>
      <div className="mt-2">
        {running ? (
          <Button kind="outline" onClick={stop}>
            <Icon of={Square} />
            Stop run
          </Button>
        ) : (
          <Button kind="outline" disabled={!ready} onClick={() => void start()}>
            <Icon of={Play} />
            Answer three ways
          </Button>
        )}
      </div>
      <ul className="mt-3 grid gap-2.5">
        {ways.map((way) => (
          <li key={way.name} className="rounded-md bg-paper px-3 py-2">
            <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
              <span className="font-semibold">{way.label}</span>
              {way.tokens !== undefined && (
                <span className="text-xs text-ink-3">
                  <span className="num">{formatCount(way.tokens)}</span> tokens in the prompt
                </span>
              )}
            </p>
            <p role="status" className="text-xs text-ink-2">
              {stateWords(way)}
            </p>
            {way.text !== '' && <p className="mt-1 text-sm break-words whitespace-pre-wrap">{way.text}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function stateWords({ state }: WayState): string {
  switch (state.type) {
    case 'waiting':
      return 'Not asked yet.'
    case 'running':
      return 'The model answers…'
    case 'cannot':
      return state.words
    case 'done': {
      const { inputTokens, cachedInputTokens, outputTokens, prefillMs, decodeMs } = state.usage
      return `${formatCount(inputTokens - cachedInputTokens)} tokens read in ${formatSeconds(prefillMs)}, ${formatCount(outputTokens)} written in ${formatSeconds(decodeMs)}`
    }
  }
}
