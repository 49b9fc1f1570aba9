import { serveEngine } from '#engine/serve-engine.ts'
import { EngineError } from '#ports/engine.ts'
import type { FrameHere, FrameLooked, ToFrame } from './frame-protocol.ts'
import { lookAtServer } from './look-at-server.ts'
import { remoteProgram } from './remote-program.ts'

/** Answers what the chat document asks, for one server. Only `parent`, of our own origin, is heard. */
export function serveFrame(address: string, self: Window): void {
  self.addEventListener('message', ({ data, source, origin, ports: [port] }: MessageEvent<ToFrame>) => {
    if (source !== self.parent || origin !== self.location.origin || !port) return
    const server = { address, key: data.key }
    if (data.type === 'longhand:engine') serveEngine(remoteProgram(server), port)
    else if (data.type === 'longhand:look') void look(server, port)
    else return
    port.start()
    port.postMessage({ type: 'here' } satisfies FrameHere)
  })
}

async function look(server: { readonly address: string; readonly key: string }, port: MessagePort): Promise<void> {
  const answer = await lookAtServer(server, new AbortController().signal).then(
    (found): FrameLooked => ({ type: 'found', found }),
    (error: unknown): FrameLooked => ({
      type: 'failed',
      error:
        error instanceof EngineError
          ? { type: error.type, message: error.message }
          : { type: 'internal', message: String(error) },
    }),
  )
  port.postMessage(answer)
}
