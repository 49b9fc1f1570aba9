import type { StoreApi } from 'zustand/vanilla'
import type { Conversation } from '#chat/conversation.ts'
import type { Manifest } from '#context/manifest.ts'
import type { Memory, MemoryOp } from '#memory/memory.ts'
import type { ChatRepository } from '#ports/storage.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import type { ConversationId, MemoryId } from '#shared/ids.ts'
import type { Embedding } from './embedding/embedding.ts'
import type { EngineRoom } from './engine-room.ts'
import type { Notice } from './notice.ts'
import { problemOf } from './problems.ts'
import type { Services } from './services.ts'
import type { LonghandState } from './state.ts'

/** What the parts of the runtime share. Durable truth is in storage; this holds only what a reload may lose. */
export type Runtime = {
  readonly services: Services
  readonly store: StoreApi<LonghandState>
  readonly engineRoom: EngineRoom
  /** The memory log as last read, and its reduction. */
  ops: readonly MemoryOp[]
  memories: ReadonlyMap<MemoryId, Memory>
  /** The last prompts of the conversations that the loaded engine has in its cache, the last answered last. */
  readonly inCache: Map<ConversationId, Manifest>
  /** Conversations whose next prompt begins with a new head, because the user said so. */
  readonly anew: Set<ConversationId>
  /** Counts with the loaded model's tokenizer; absent while none is loaded. */
  counter: TokenCounter | undefined
  /** Resolves once the search index holds all that was on disk at start. */
  indexReady: Promise<void>
  readonly embedding: Embedding
}

/** Temporary conversations live in the memory of this tab; all others on disk. */
export function repositoryOf(runtime: Runtime, conversation: ConversationId | Conversation): ChatRepository {
  const { storage, temporary } = runtime.services
  if (typeof conversation !== 'string') return conversation.temporary ? temporary.chat : storage.chat
  const open = runtime.store.getState().open?.conversation
  return open?.id === conversation && open.temporary ? temporary.chat : storage.chat
}

export function notify(runtime: Runtime, notice: Omit<Notice, 'id'>): void {
  const id = runtime.services.newId('notice')
  if (notice.about) withdrawNotice(runtime, notice.about)
  runtime.store.setState(({ notices }) => ({ notices: [...notices, { ...notice, id }].slice(-4) }))
}

/** What was said of it holds no more. */
export function withdrawNotice({ store }: Pick<Runtime, 'store'>, about: NonNullable<Notice['about']>): void {
  const kept = store.getState().notices.filter((notice) => notice.about !== about)
  if (kept.length < store.getState().notices.length) store.setState({ notices: kept })
}

/** For actions started by a click: failure becomes a notice, never an unhandled rejection. */
export async function attempt(runtime: Runtime, work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    const problem = problemOf(error)
    if (problem.type === 'storage/outdated-tab') runtime.store.setState({ outdated: true })
    notify(runtime, {
      tone: 'bad',
      text: `${problem.title} ${problem.advice}`,
      ...(problem.detail ? { detail: problem.detail } : {}),
    })
    return false
  }
}
