import type { EngineErrorType } from '#ports/engine.ts'
import type { ServerFound } from '#ports/remote-server.ts'

/** What the chat document posts to the one that talks to the server, each with a port of its own for the answers. */
export type ToFrame = {
  readonly type: 'longhand:engine' | 'longhand:look'
  /** Sent with every request to the server as a bearer token; empty means none. */
  readonly key: string
}

/** The first word on every port: the document is there and listens. */
export type FrameHere = { readonly type: 'here' }

/** The answer to `longhand:look`. */
export type FrameLooked =
  | { readonly type: 'found'; readonly found: ServerFound }
  | { readonly type: 'failed'; readonly error: { readonly type: EngineErrorType; readonly message: string } }
