import { EngineError, type EngineErrorType } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import type { TakeInProgress } from '#ports/own-models.ts'

/** What the worker is asked: one file, once. */
export type ToTakeIn = { readonly file: File }
export type FromTakeIn =
  | { readonly type: 'progress'; readonly progress: TakeInProgress }
  | { readonly type: 'taken'; readonly model: Model }
  | { readonly type: 'failed'; readonly error: { readonly type: EngineErrorType; readonly message: string } }

type TakeIn = (file: File, onProgress: (progress: TakeInProgress) => void, signal: AbortSignal) => Promise<Model>
type Channel = {
  postMessage(message: FromTakeIn): void
  addEventListener(type: 'message', listener: (event: MessageEvent<ToTakeIn>) => void): void
}

/** Runs inside the worker. A template that never ends and a copy alike are ended with the worker itself. */
export function serveTakeIn(takeIn: TakeIn, channel: Channel): void {
  const never = new AbortController().signal
  channel.addEventListener('message', ({ data }) => {
    takeIn(data.file, (progress) => channel.postMessage({ type: 'progress', progress }), never).then(
      (model) => channel.postMessage({ type: 'taken', model }),
      (error: unknown) => {
        const type = error instanceof EngineError ? error.type : 'internal'
        channel.postMessage({ type: 'failed', error: { type, message: error instanceof Error ? error.message : String(error) } })
      },
    )
  })
}
