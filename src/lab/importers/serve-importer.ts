import { type ChatImporter, ImportError, type ReadProgress } from '#ports/chat-importer.ts'
import type { FromImporter, ToImporter } from './import-protocol.ts'

/** The part of a worker's global scope that serving needs. */
export type ImportChannel = {
  postMessage(message: FromImporter): void
  addEventListener(type: 'message', listener: (event: MessageEvent<ToImporter>) => void): void
}

const progressEveryMs = 100

/** Runs inside a worker: does what the page asks with `importer`. */
export function serveImporter(importer: ChatImporter, channel: ImportChannel, now: () => number): void {
  const never = new AbortController().signal
  let onTaken = () => {}
  let told = Number.NEGATIVE_INFINITY

  function tell(progress: ReadProgress): void {
    if (now() - told < progressEveryMs && progress.bytes < progress.totalBytes) return
    told = now()
    channel.postMessage({ type: 'progress', progress })
  }

  async function serve(message: ToImporter): Promise<void> {
    if (message.type === 'taken') onTaken()
    else if (message.type === 'look')
      channel.postMessage({ type: 'found', found: await importer.look(message.request, tell, never) })
    else {
      const take = (batch: Extract<FromImporter, { type: 'batch' }>['batch']) =>
        new Promise<void>((resolve) => {
          onTaken = resolve
          channel.postMessage({ type: 'batch', batch })
        })
      await importer.read(message.request, take, tell, never)
      channel.postMessage({ type: 'done' })
    }
  }

  channel.addEventListener('message', ({ data }) => {
    serve(data).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error)
      channel.postMessage({ type: 'failed', message, told: error instanceof ImportError })
    })
  })
}
