import { useEffect, useState } from 'react'
import { tokensToRead } from '#context/forecast.ts'
import type { Manifest } from '#context/manifest.ts'
import type { PlanTarget } from '#runtime/state.ts'
import { formatCount } from '#ui/kit/format.ts'
import { timeWords, useReadingSpeed } from '#ui/kit/use-reading-speed.ts'
import { useActions } from '#ui/longhand-context.tsx'

const anew = [{ type: 'new-epoch' }] as const

/** What a plan costs until the first word, by how fast this device has read so far: an estimate, and called one. */
export function PlanCost({ manifest, target }: { readonly manifest: Manifest; readonly target: PlanTarget }) {
  const { planPrompt } = useActions()
  const speed = useReadingSpeed(manifest.model)
  const [anewTokens, setAnewTokens] = useState<number>()
  const goesOn = manifest.epoch.turn > 1
  // biome-ignore lint/correctness/useExhaustiveDependencies: another plan means another text, branch, model or memory.
  useEffect(() => {
    setAnewTokens(undefined)
    if (!goesOn) return
    let stale = false
    void planPrompt(target, anew).then((made) => !stale && made?.type === 'planned' && setAnewTokens(tokensToRead(made.manifest)))
    return () => {
      stale = true
    }
  }, [planPrompt, target, goesOn, manifest])
  const read = tokensToRead(manifest)
  return (
    <p className="mt-2.5 text-xs text-ink-2">
      Reads <span className="num text-ink">{formatCount(read)}</span> new tokens, {timeWords(speed, read)}
      {goesOn && anewTokens !== undefined && (
        <>
          ; a new epoch would read <span className="num text-ink">{formatCount(anewTokens)}</span>
          {speed && `, ${timeWords(speed, anewTokens)}`}
        </>
      )}
      .
      {speed && (
        <span className="text-ink-3">
          {' '}
          An estimate from {speed.receipts === 1 ? 'one receipt' : `${formatCount(speed.receipts)} receipts`} of this model here.
        </span>
      )}
    </p>
  )
}
