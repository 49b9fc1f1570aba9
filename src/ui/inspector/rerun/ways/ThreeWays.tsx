import { Play, Square } from 'lucide-react'
import { useEffect } from 'react'
import type { Manifest } from '#context/manifest.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { useThreeWays, type WayState } from './use-three-ways.ts'
import { WayColumn } from './WayColumn.tsx'
import { compareWays } from './way-figures.ts'

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
  const { figures, tokensPerSecond } = compare(ways)
  const all = [...figures.values()]
  const most = {
    tokens: Math.max(1, ...all.map(({ promptTokens }) => promptTokens)),
    ms: Math.max(1, ...all.map(({ readMs = 0, writeMs }) => readMs + writeMs)),
  }
  const begun = running || ways.some(({ state }) => state.type !== 'waiting')
  return (
    <section aria-labelledby="three-ways" data-wide className="@container mt-3">
      <h4 id="three-ways" className="sr-only">
        Three ways
      </h4>
      <p className="max-w-[64ch] text-xs text-ink-3">
        The same question, seed and sampling. Where the engine can, each prompt is read from its first token, so that the seconds
        compare; the shortest is asked first.
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
      <ul className="mt-3 grid gap-2.5 @min-[34rem]:grid-cols-3 @min-[34rem]:grid-rows-[auto_auto_1fr] @min-[34rem]:gap-y-0">
        {ways.map((way) => (
          <WayColumn key={way.name} way={way} figures={figures.get(way.name)} most={most} />
        ))}
      </ul>
      {begun && (
        <p className="mt-2.5 flex flex-wrap gap-x-3.5 text-xs text-ink-3">
          <Key look="bg-ink-2">reading</Key>
          <Key look="bg-accent">writing</Key>
          {all.some(({ reusedTokens }) => reusedTokens > 0) && (
            <Key look="section-hatch [--section:var(--color-ink-2)]">reused</Key>
          )}
          <span>Bars of the three are to one scale.</span>
        </p>
      )}
      {all.some(({ estimated }) => estimated) && (
        <p className="mt-1 text-xs text-ink-3">
          ≈ This engine goes on from what its cache holds.{' '}
          {tokensPerSecond === undefined
            ? 'These runs read too little to tell what the reused part would have taken.'
            : `What it reused is reckoned at ${formatCount(tokensPerSecond)} tokens a second, the speed at which these runs read.`}
        </p>
      )}
    </section>
  )
}

function Key({ look, children }: { readonly look: string; readonly children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden="true" className={`size-2 rounded-[1px] ${look} forced-colors:border`} />
      {children}
    </span>
  )
}

function compare(ways: readonly WayState[]) {
  const done = ways.flatMap(({ name, state }) => (state.type === 'done' ? [{ name, usage: state.usage }] : []))
  const { figures, tokensPerSecond } = compareWays(done.map(({ usage }) => usage))
  return { tokensPerSecond, figures: new Map(figures.map((one, index) => [done[index]?.name, one])) }
}
