import type { OpenFrame } from '#engine/remote/connect-remote.ts'
import type { ToFrame } from '#engine/remote/frame-protocol.ts'
import { EngineError } from '#ports/engine.ts'

/** What public/guard.js hands over, once: the one function that may open the document that talks to a server. */
type Frames = {
  /** Opens it for an address, in place of an earlier one; the same address again keeps it. Resolves when it has loaded. */
  open(address: string): Promise<(message: ToFrame, port: MessagePort) => void>
  close(): void
}

let frames: Frames | undefined

// Like src/ui/outside/open-outside.ts: whoever asks first gets it, and main.tsx imports this before anything runs.
if (typeof document !== 'undefined')
  document.dispatchEvent(
    new CustomEvent('longhand:remote', {
      detail: {
        receive(given: Frames) {
          frames = given
        },
      },
    }),
  )

/** Whether this document may open the one that talks to a server: only with-remote.html may. */
export const mayTalk = (): boolean => frames !== undefined

export const openFrame: OpenFrame = async (address, message, port) => {
  if (!frames) throw new EngineError('internal', 'This document may not open the one that talks to a server.')
  const post = await frames.open(address)
  post(message, port)
}

export const closeFrame = (): void => frames?.close()
