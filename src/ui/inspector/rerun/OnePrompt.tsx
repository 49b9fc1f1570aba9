import { Play, Square } from 'lucide-react'
import { useState } from 'react'
import type { Manifest } from '#context/manifest.ts'
import { promptWithout, removableItems } from '#context/rerun/prompt-without.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatPlural } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { Segmented } from '#ui/kit/Segmented.tsx'
import { ItemPicker } from './ItemPicker.tsx'
import { Likelihood } from './Likelihood.tsx'
import { RerunResult } from './RerunResult.tsx'
import { useRerun } from './use-rerun.ts'

const ways = [
  { value: 'same', label: 'The same' },
  { value: 'seed', label: 'Other seed' },
  { value: 'without', label: 'Without…' },
  { value: 'only', label: 'Only…' },
] as const

type Props = { readonly manifest: Manifest; readonly recorded: string; readonly ready: boolean }

/** The recorded prompt as it was, without some of its items, or with those alone; the reply beside the recorded one. */
export function OnePrompt({ manifest, recorded, ready }: Props) {
  const { state, run, stop } = useRerun()
  const [way, setWay] = useState<(typeof ways)[number]['value']>('same')
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const [ran, setRan] = useState<{ readonly changed: boolean; readonly words: string; readonly seed: number }>()
  const items = removableItems(manifest)
  const gone = new Set(
    items.filter(({ ref }) => (way === 'without' ? picked.has(ref) : way === 'only' && !picked.has(ref))).map(({ ref }) => ref),
  )
  const start = () => {
    const seed = manifest.sampling.seed + (way === 'seed' ? 1 : 0)
    const words =
      way === 'seed' ? 'another seed' : gone.size === 0 ? 'the same prompt' : `without ${formatPlural(gone.size, 'item')}`
    setRan({ changed: gone.size > 0, words, seed })
    void run({ prompt: promptWithout(manifest, gone), sampling: { ...manifest.sampling, seed } })
  }
  return (
    <>
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Segmented label="What is sent" hideLabel value={way} options={ways} onChange={setWay} />
        {state.type === 'running' ? (
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
      {(way === 'without' || way === 'only') && <ItemPicker items={items} picked={picked} onPick={setPicked} />}
      {state.type !== 'none' && ran && <RerunResult manifest={manifest} recorded={recorded} state={state} {...ran} />}
      {way !== 'same' && recorded !== '' && (
        <Likelihood key={[...gone].join()} manifest={manifest} recorded={recorded} gone={gone} ready={ready} />
      )}
    </>
  )
}
