import { effectiveOps } from '#memory/effective-ops.ts'
import type { Memory, MemoryOp, OpBody } from '#memory/memory.ts'
import { editedMemory } from '#memory/mend-memory.ts'
import { reduceMemory } from '#memory/reduce-memory.ts'
import type { OpId } from '#shared/ids.ts'
import type { Actions } from './actions.ts'
import type { JobRunner } from './job-runner.ts'
import { attempt, notify, type Runtime } from './runtime.ts'

type MemoryActions = Pick<
  Actions,
  'summarizeNow' | 'addMemory' | 'editMemory' | 'changeMemory' | 'undoOps' | 'redoOps' | 'readMessages' | 'search'
>

/** Reads the log of memory and puts its reduction into the state. */
export async function refreshMemories(runtime: Runtime): Promise<void> {
  const ops = await runtime.services.storage.memory.all()
  // What this tab wrote itself is known already: nothing that looks at memory need look again.
  const same = ops.length === runtime.ops.length && ops.every(({ id }, index) => id === runtime.ops[index]?.id)
  if (!same) show(runtime, ops)
}

function show(runtime: Runtime, ops: readonly MemoryOp[]): void {
  runtime.ops = ops
  runtime.memories = reduceMemory(runtime.ops)
  runtime.store.setState({ memories: [...runtime.memories.values()], memoryOps: runtime.ops })
}

export function memoryActions(runtime: Runtime, jobs: JobRunner): MemoryActions {
  const { services, store } = runtime

  /** Appends in one transaction; the ops made, or none where it failed. */
  async function append(bodies: readonly OpBody[]): Promise<readonly OpId[]> {
    if (bodies.length === 0) return []
    const at = services.clock.now()
    const ops = bodies.map((body) => ({ ...body, id: services.newId('op'), at, cause: { type: 'user' } }) as MemoryOp)
    const stored = await attempt(runtime, async () => {
      await services.storage.memory.append(ops)
      // Shown at once; whatever another tab wrote meanwhile comes with the next reading of the log.
      show(runtime, effectiveOps([...runtime.ops, ...ops]).sorted)
    })
    return stored ? ops.map(({ id }) => id) : []
  }

  /** Takes back those of the ops that count. */
  async function undo(ids: readonly OpId[]): Promise<void> {
    const counting = new Set(effectiveOps(runtime.ops).applied.map(({ id }) => id))
    await append(ids.filter((id) => counting.has(id)).map((opId) => ({ type: 'undo', opId })))
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
    async addMemory(text, kind, pinned) {
      const now = services.clock.now()
      const memory: Memory = {
        id: services.newId('mem'),
        kind,
        text: text.trim(),
        sentences: [{ text: text.trim(), evidence: [] }],
        evidence: [],
        madeBy: 'user',
        level: 0,
        foldedFrom: [],
        createdAt: now,
        validFrom: now,
        pinned,
        retired: false,
        strength: 1,
      }
      return (await append([{ type: 'add', memory }])).length > 0 ? memory.id : undefined
    },
    async editMemory(id, text, changed) {
      const old = runtime.memories.get(id)
      if (!old) return undefined
      const now = services.clock.now()
      const memory = editedMemory(old, text, services.newId('mem'), now, changed ? now : undefined)
      return (await append([{ type: 'revise', memoryId: id, memory }])).length > 0 ? memory.id : undefined
    },
    changeMemory: append,
    undoOps: undo,
    async redoOps(ids) {
      const wanted = new Set(ids)
      const undos = effectiveOps(runtime.ops).applied.flatMap((op) => (op.type === 'undo' && wanted.has(op.opId) ? [op.id] : []))
      await append(undos.map((opId) => ({ type: 'undo', opId })))
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
