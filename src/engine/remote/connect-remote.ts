import { connectEngine, type WorkerPort } from '#engine/connect-engine.ts'
import type { ToWorker } from '#engine/protocol.ts'
import { type Engine, EngineError } from '#ports/engine.ts'
import type { ServerFound } from '#ports/remote-server.ts'
import type { FrameHere, FrameLooked, ToFrame } from './frame-protocol.ts'

/** Opens the document that talks to `address` and posts it a message with a port. Rejects where there is no such document here. */
export type OpenFrame = (address: string, message: ToFrame, port: MessagePort) => Promise<void>
export type RemoteServer = { readonly address: string; readonly key: string }

/** How long the document may take to answer at all; it is one of our own files. */
const openMs = 15_000

/** A port to the document, which has said that it listens. */
async function portTo(open: OpenFrame, { address, key }: RemoteServer, type: ToFrame['type']): Promise<MessagePort> {
  const { port1, port2 } = new MessageChannel()
  await open(address, { type, key }, port2)
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => {
      port1.close()
      reject(new EngineError('internal', 'The document that talks to the server did not open in this browser.'))
    }, openMs)
    port1.onmessage = ({ data }: MessageEvent<FrameHere>) => {
      if (data.type !== 'here') return
      clearTimeout(patience)
      port1.onmessage = null
      resolve(port1)
    }
  })
}

/** The page's side of a remote engine. Nothing is opened before a model is loaded. */
export function connectRemote(open: OpenFrame, server: () => Promise<RemoteServer>): Engine {
  const events = new EventTarget()
  let port: Promise<MessagePort> | undefined
  let ended = false
  const opened = () => {
    port ??= server()
      .then((found) => portTo(open, found, 'longhand:engine'))
      .then((made) => {
        if (ended) made.close()
        made.onmessage = ({ data }) => events.dispatchEvent(new MessageEvent('message', { data }))
        return made
      })
    return port
  }
  const worker: WorkerPort = {
    addEventListener: events.addEventListener.bind(events) as WorkerPort['addEventListener'],
    postMessage(message: ToWorker) {
      opened().then(
        (to) => to.postMessage(message),
        (error: unknown) => {
          const text = error instanceof Error ? error.message : String(error)
          events.dispatchEvent(new ErrorEvent('error', { message: text }))
        },
      )
    },
    terminate() {
      ended = true
      void port?.then(
        (to) => to.close(),
        () => {},
      )
    },
  }
  return connectEngine('remote', worker)
}

/** Asks a server what it offers, through the document that may. */
export async function lookThroughFrame(open: OpenFrame, server: RemoteServer, signal: AbortSignal): Promise<ServerFound> {
  const port = await portTo(open, server, 'longhand:look')
  return new Promise<ServerFound>((resolve, reject) => {
    const stop = () => {
      port.close()
      reject(new EngineError('aborted', 'Cancelled.'))
    }
    signal.addEventListener('abort', stop, { once: true })
    port.onmessage = ({ data }: MessageEvent<FrameLooked>) => {
      signal.removeEventListener('abort', stop)
      port.close()
      if (data.type === 'found') resolve(data.found)
      else reject(new EngineError(data.error.type, data.error.message))
    }
    if (signal.aborted) stop()
  })
}
