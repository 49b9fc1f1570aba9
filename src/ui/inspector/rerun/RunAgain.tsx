import { useState } from 'react'
import type { Manifest } from '#context/manifest.ts'
import { cacheWords, useReuse } from '#ui/inspector/cache-words.ts'
import { Segmented } from '#ui/kit/Segmented.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import { FindMakers } from './FindMakers.tsx'
import { OnePrompt } from './OnePrompt.tsx'
import { useRecorded } from './use-recorded.ts'
import { ThreeWays } from './ways/ThreeWays.tsx'

const questions = [
  { value: 'again', label: 'One prompt' },
  { value: 'ways', label: 'Three ways' },
  { value: 'makers', label: 'What made it' },
] as const

type Props = {
  readonly manifest: Manifest
  /** Three ways are shown, and begun at once. */
  readonly threeWays: boolean
}

/** Questions to a recorded prompt that the loaded model answers. Nothing of it is stored. */
export function RunAgain({ manifest, threeWays }: Props) {
  const recorded = useRecorded(manifest)
  const ready = useLonghand((state) => state.engine.type === 'ready')
  const reuse = useReuse()
  // Where the CPU engine reads a prompt afresh it writes over what it held.
  const overwrites = useLonghand(({ engine }) => engine.type === 'ready' && engine.loaded.engine === 'wllama')
  const [question, setQuestion] = useState<(typeof questions)[number]['value']>(threeWays ? 'ways' : 'again')
  const [begin, setBegin] = useState(threeWays)
  return (
    <section aria-labelledby="run-again">
      <h3 id="run-again" className="text-sm font-semibold">
        Run again
      </h3>
      <p className="mt-0.5 mb-3 text-xs text-ink-3">
        The loaded model answers once more, with the seed and sampling of the receipt. Nothing is stored.{' '}
        {cacheWords(question === 'ways' && overwrites ? 'one' : reuse)}
      </p>
      <Segmented
        label="Question"
        hideLabel
        value={question}
        options={questions}
        onChange={(next) => {
          setQuestion(next)
          setBegin(false)
        }}
      />
      {!ready && (
        <p role="status" className="mt-2 text-xs text-ink-2">
          For this a model has to be loaded in this tab, and the chat has to be idle.
        </p>
      )}
      {recorded === undefined && <p className="mt-3 text-sm text-ink-2">Reading the reply…</p>}
      {recorded !== undefined && question === 'again' && <OnePrompt manifest={manifest} recorded={recorded} ready={ready} />}
      {recorded !== undefined && question === 'makers' && <FindMakers manifest={manifest} recorded={recorded} ready={ready} />}
      {question === 'ways' && <ThreeWays manifest={manifest} ready={ready} begin={begin} />}
    </section>
  )
}
