import { useEffect, useState } from 'react'
import { formatBytes } from '#ui/kit/format.ts'

type Room = { readonly freeBytes: number | undefined; readonly persisted: boolean | undefined }

async function readRoom(): Promise<Room> {
  const { storage } = navigator as { storage?: StorageManager }
  const { quota, usage } = (await storage?.estimate?.()) ?? {}
  return {
    freeBytes: quota === undefined || usage === undefined ? undefined : Math.max(0, quota - usage),
    persisted: await storage?.persisted?.(),
  }
}

type Props = { readonly neededBytes: number /** Looked at anew whenever it changes. */; readonly when: unknown }

/** Whether the download fits into what the browser says it gives, and whether the browser may clear it later. */
export function BrowserRoom({ neededBytes, when }: Props) {
  const [room, setRoom] = useState<Room>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `when` says that the room may be another now.
  useEffect(() => {
    let current = true
    void readRoom().then((read) => current && setRoom(read))
    return () => {
      current = false
    }
  }, [when])
  if (!room) return <>…</>
  const { freeBytes, persisted } = room
  const short = freeBytes !== undefined && freeBytes < neededBytes
  return (
    <>
      <span className={short ? 'font-semibold text-warn' : undefined}>
        {freeBytes === undefined
          ? 'This browser does not say how much room it has.'
          : short
            ? `The browser says it has room for ${formatBytes(freeBytes)}: too little.`
            : `Enough, as the browser tells it: ${formatBytes(freeBytes)}.`}
      </span>{' '}
      {persisted === true
        ? 'What is kept here is not cleared by itself.'
        : 'The browser may clear it when space is short; it is asked to keep it when the download starts.'}
    </>
  )
}
