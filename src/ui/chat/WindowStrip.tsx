import { lazy, Suspense } from 'react'
import { formatPlural } from '#ui/kit/format.ts'
import { LeftDevice } from '#ui/kit/LeftDevice.tsx'
import { useMemoryCount } from '#ui/kit/use-memory-count.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { currentManifest } from './use-window-start.ts'

const WindowFigures = lazy(async () => ({ default: (await import('./WindowFigures.tsx')).WindowFigures }))

/** The window that the next prompt will fill, above the composer. */
export function WindowStrip() {
  const known = useLonghand((state) => currentManifest(state) !== undefined)
  const sendsTo = useLonghand(({ engine }) => (engine.type === 'none' ? undefined : engine.model.id))
  return (
    <>
      <LeftDevice modelId={sendsTo} plan className="pt-2 text-xs" />
      {known ? (
        <Suspense fallback={<EmptyWindow />}>
          <WindowFigures />
        </Suspense>
      ) : (
        <EmptyWindow />
      )}
    </>
  )
}

function EmptyWindow() {
  const memories = useMemoryCount()
  const follower = useLonghand((state) => state.tab === 'follower')
  return (
    <div className="mb-2 pt-2">
      <div className="h-2.5 rounded-xs bg-sunk forced-colors:border" />
      <p className="mt-1.25 flex text-xs text-ink-3">
        <span>{follower ? 'The tab that runs the model counts the window' : 'The window is drawn here once it is counted'}</span>
        <span className="ml-auto phone:hidden">
          {memories === 0 ? 'no memories yet' : formatPlural(memories, 'memory', 'memories')}
        </span>
      </p>
    </div>
  )
}
