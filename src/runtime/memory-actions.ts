import type { MemoryOp } from '#memory/memory.ts'
import { historyOf, reduceMemory } from '#memory/reduce-memory.ts'
import type { Actions } from './actions.ts'
import type { JobRunner } from './job-runner.ts'
import { attempt, notify, type Runtime } from './runtime.ts'

type MemoryActions = Pick<Actions, 'summarizeNow' | 'setMemoryPinned' | 'retireMemory' | 'undoMemory' | 'readMessages' | 'search'>

/** Reads the log of memory and puts its reduction into the state. */
export async function refreshMemories(runtime: Runtime): Promise<void> {
  runtime.ops = await runtime.services.storage.memory.all()
  runtime.memories = reduceMemory(runtime.ops)
  runtime.store.setState({ memories: [...runtime.memories.values()] })
}

type OpBody = MemoryOp extends infer Op ? (Op extends MemoryOp ? Omit<Op, 'id' | 'at' | 'cause'> : never) : never

export function memoryActions(runtime: Runtime, jobs: JobRunner): MemoryActions {
  const { services, store } = runtime

  async function append(body: OpBody): Promise<void> {
    await attempt(runtime, async () => {
      const op = { ...body, id: services.newId('op'), at: services.clock.now(), cause: { type: 'user' } } as MemoryOp
      await services.storage.memory.append([op])
      await refreshMemories(runtime)
    })
  }

  return {
    async summarizeNow() {
      const open = store.getState().open
      const headId = open?.conversation.headId
      if (!open || !headId) return
      if (open.conversation.temporary) {
        notify(runtime, { tone: 'info', text: 'A temporary chat leaves no memory.' })
        return
      }
      const { id } = open.conversation
      await attempt(runtime, () => jobs.enqueue('consolidate', id, `consolidate:${headId}:asked`, { headId, asked: true }))
    },
    setMemoryPinned: (memoryId, pinned) => append({ type: 'pin', memoryId, pinned }),
    retireMemory: (memoryId) => append({ type: 'retire', memoryId }),
    async undoMemory(memoryId) {
      const last = historyOf(runtime.ops, memoryId).at(-1)
      if (last) await append({ type: 'undo', opId: last.id })
    },
    async readMessages(ids) {
      const found = await Promise.all(ids.map((id) => services.storage.chat.getMessage(id).catch(() => undefined)))
      return found.filter((message) => message !== undefined)
    },
    async search(text) {
      const { conversations } = store.getState()
      const titles = new Map(conversations.map(({ id, title }) => [id, title]))
      await runtime.indexReady
      const hits = await services.retrieval.search(text, 50)
      return hits.flatMap((hit) => {
        const conversationTitle = titles.get(hit.conversationId)
        return conversationTitle === undefined ? [] : [{ ...hit, conversationTitle }]
      })
    },
  }
}
