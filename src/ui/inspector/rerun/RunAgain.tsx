import { Play, Square } from 'lucide-react'
import { useState } from 'react'
import type { Manifest } from '#context/manifest.ts'
import { promptWithout, removableItems } from '#context/rerun/prompt-without.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatPlural } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { Segmented } from '#ui/kit/Segmented.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import { FindMakers } from './FindMakers.tsx'
import { ItemPicker } from './ItemPicker.tsx'
import { RerunResult } from './RerunResult.tsx'
import { useRecorded } from './use-recorded.ts'
import { useRerun } from './use-rerun.ts'

const ways = [
  { value: 'same', label: 'The same' },
  { value: 'without', label: 'Without…' },
  { value: 'only', label: 'Only…' },
] as const
type Way = (typeof ways)[number]['value']

/** The recorded prompt, sent to the loaded model once more: as it was, without some of its items, or with those alone. */
export function RunAgain({ manifest }: { readonly manifest: Manifest }) {
  const recorded = useRecorded(manifest)
  const ready = useLonghand((state) => state.engine.type === 'ready')
  const { state, run, stop } = useRerun()
  const [way, setWay] = useState<Way>('same')
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [ran, setRan] = useState<{ readonly changed: boolean; readonly words: string }>()
  const items = removableItems(manifest)
  const gone = new Set(
    items.filter(({ ref }) => (way === 'without' ? picked.has(ref) : way === 'only' && !picked.has(ref))).map(({ ref }) => ref),
  )
  const running = state.type === 'running'
  const start = () => {
    setRan({ changed: gone.size > 0, words: gone.size === 0 ? 'the same prompt' : `without ${formatPlural(gone.size, 'item')}` })
    void run({ prompt: promptWithout(manifest, gone), sampling: manifest.sampling })
  }
  return (
    <section aria-labelledby="run-again">
      <h3 id="run-again" className="text-sm font-semibold">
        Run again
      </h3>
      <p className="mt-0.5 text-xs text-ink-3">
        The recorded prompt goes to the loaded model once more, with the same seed and sampling. Nothing is stored. The cache then
        holds this prompt, so the next turn of the chat is read anew.
      </p>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Segmented label="What is sent" hideLabel value={way} options={ways} onChange={setWay} />
        {running ? (
          <Button kind="outline" onClick={stop}>
            <Icon of={Square} />
            Stop run
          </Button>
        ) : (
          <Button kind="outline" disabled={!ready || (way === 'without' && gone.size === 0)} onClick={start}>
            <Icon of={Play} />
            Run
          </Button>
        )}
      </div>
      {!ready && !running && (
        <p role="status" className="mt-2 text-xs text-ink-2">
          A model has to be loaded and idle in this tab.
        </p>
      )}
      {way !== 'same' && <ItemPicker items={items} picked={picked} onPick={setPicked} />}
      {recorded !== undefined && state.type !== 'none' && ran && (
        <RerunResult manifest={manifest} recorded={recorded} state={state} {...ran} />
      )}
      {recorded !== undefined && <FindMakers manifest={manifest} recorded={recorded} ready={ready} />}
    </section>
  )
}
