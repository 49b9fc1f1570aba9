import type { LexicalIndex } from '#memory/lexical-index.ts'
import { restorePart } from './restore-part.ts'
import type { FromIndex, ToIndex } from './retrieval-protocol.ts'
import { setWordVectors } from './set-word-vectors.ts'

/** The part of a worker's global scope that serving needs. */
export type IndexChannel = {
  postMessage(message: FromIndex, options?: { transfer: Transferable[] }): void
  addEventListener(type: 'message', listener: (event: MessageEvent<ToIndex>) => void): void
}

/** Runs inside a worker: answers the page's requests with `index`, one after the other. */
export function serveRetrieval(index: LexicalIndex, channel: IndexChannel): void {
  channel.addEventListener('message', ({ data }) => {
    const { call } = data
    const fail = (error: unknown): void =>
      channel.postMessage({ type: 'failed', call, message: error instanceof Error ? error.message : String(error) })
    if (data.type === 'set-word-vectors') {
      setWordVectors(index, data.table).then(() => channel.postMessage({ type: 'done', call }), fail)
      return
    }
    try {
      const reply = answer(index, data)
      const bytes = reply.type === 'next' ? reply.change?.add?.bytes : undefined
      channel.postMessage(reply, { transfer: bytes ? [bytes.buffer] : [] })
    } catch (error) {
      fail(error)
    }
  })
}

function answer(index: LexicalIndex, message: Exclude<ToIndex, { type: 'set-word-vectors' }>): FromIndex {
  const { call } = message
  switch (message.type) {
    case 'add':
      index.add(message.messages)
      return { type: 'done', call }
    case 'remove-conversation':
      index.removeConversation(message.id)
      return { type: 'done', call }
    case 'set-title':
      index.setTitle(message.id, message.title)
      return { type: 'done', call }
    case 'count-messages':
      return { type: 'counted', call, counts: index.messageCounts() }
    case 'find-lacking':
      return { type: 'lacking', call, ids: index.lacking(message.ids) }
    case 'restore-part':
      return { type: 'restored', call, part: restorePart(index, message.part) }
    case 'next-part':
      return { type: 'next', call, change: index.keeper.next(message.stored, message.newId) }
    case 'clear-embeddings':
      index.clearEmbeddings()
      return { type: 'done', call }
    case 'set-embeddings':
      index.setEmbeddings(message.entries)
      return { type: 'done', call }
    case 'retrieve':
      return { type: 'retrieved', call, retrieval: index.retrieve(message.cue) }
    case 'search':
      return { type: 'found', call, hits: index.search(message.text, message.limit) }
  }
}
