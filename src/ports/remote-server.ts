import type { ChatTemplate } from '#context/template.ts'

/** A model as a server lists it. */
export type ServerModel = {
  readonly id: string
  /** Its window there, in tokens, where the server says. */
  readonly contextTokens?: number
}

/** What a server told of itself; none of the user's texts went there for it. */
export type ServerFound = {
  readonly models: readonly ServerModel[]
  /** Whether it counts tokens exactly (`/tokenize`). */
  readonly counts: boolean
  /**
   * How its model's template lays messages, where it could be learned: prompts are then sent as their exact tokens. Else one
   * that adds nothing: messages are sent, and the server lays them.
   */
  readonly template: ChatTemplate
}

/** What the remote documents offer the runtime. */
export interface RemoteDocuments {
  /** Whether this chat document may open the one that talks to the server. */
  readonly mayTalk: boolean
  /** Goes to the chat document that may, or to the sealed one. The page is loaded anew. */
  go(to: 'may-talk' | 'sealed'): void
  /** Asks a server what it offers. Rejects with an EngineError. */
  look(server: { readonly address: string; readonly key: string }, signal: AbortSignal): Promise<ServerFound>
  /** Closes the document that talks to the server, and with it every connection. */
  close(): void
}
