import type { EmbedderModel } from '#ports/embedder.ts'
import { EngineError, type EngineErrorType } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import type { TakeInProgress } from '#ports/own-models.ts'
import { takeInFile } from './take-in-file.ts'
import { chatModelOf, embedderOf } from './take-in-model.ts'

/** What the worker is asked: one file, once. */
export type ToTakeIn = { readonly file: File; readonly use: 'chat' | 'embedding' }
export type FromTakeIn =
  | { readonly type: 'progress'; readonly progress: TakeInProgress }
  | { readonly type: 'taken'; readonly made: Model | EmbedderModel }
  | { readonly type: 'failed'; readonly error: { readonly type: EngineErrorType; readonly message: string } }

type Channel = {
  postMessage(message: FromTakeIn): void
  addEventListener(type: 'message', listener: (event: MessageEvent<ToTakeIn>) => void): void
}

/** Runs inside the worker. A template that never ends and a copy alike are ended with the worker itself. */
export function serveTakeIn(channel: Channel): void {
  const never = new AbortController().signal
  const tell = (progress: TakeInProgress) => channel.postMessage({ type: 'progress', progress })
  channel.addEventListener('message', ({ data: { file, use } }) => {
    const making = use === 'chat' ? takeInFile(file, chatModelOf, tell, never) : takeInFile(file, embedderOf, tell, never)
    making.then(
      (made: Model | EmbedderModel) => channel.postMessage({ type: 'taken', made }),
      (error: unknown) => {
        const type = error instanceof EngineError ? error.type : 'internal'
        channel.postMessage({ type: 'failed', error: { type, message: error instanceof Error ? error.message : String(error) } })
      },
    )
  })
}
