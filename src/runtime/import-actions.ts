import type { ChatBatch, ChatImporter, FoundChats, FoundConversation } from '#ports/chat-importer.ts'
import type { ConversationId } from '#shared/ids.ts'
import type { Problem } from '#shared/problem.ts'
import type { Actions } from './actions.ts'
import { indexImported } from './index-imported.ts'
import { refreshMemories } from './memory-actions.ts'
import { problemOf } from './problems.ts'
import type { Runtime } from './runtime.ts'
import type { ImportGroup } from './state.ts'

type ImportActions = Pick<Actions, 'lookIntoFiles' | 'importChats' | 'cancelImport' | 'closeImport'>

/** Importing in stages: look, choose, write. It is idempotent, so what was cut off is finished by doing it again. */
export function importActions(runtime: Runtime): ImportActions {
  const { services, store } = runtime
  let looked: { readonly importer: ChatImporter; readonly files: readonly File[]; readonly found: FoundChats } | undefined
  let work: AbortController | undefined

  const request = (files: readonly File[]) => ({
    files,
    now: services.clock.now(),
    forgotten: runtime.ops.flatMap((op) =>
      op.type === 'forget-sources' && op.cause.type === 'source-deleted' ? [op.cause.conversationId] : [],
    ),
  })

  function begin(): AbortController {
    work?.abort()
    work = new AbortController()
    return work
  }

  return {
    async lookIntoFiles(files) {
      const { signal } = begin()
      looked = undefined
      store.setState({ importing: { type: 'looking', bytes: 0, totalBytes: 0, conversations: 0 } })
      try {
        const importer = await services.openImporter()
        const found = await importer.look(
          request(files),
          (progress) => !signal.aborted && store.setState({ importing: { type: 'looking', ...progress } }),
          signal,
        )
        looked = { importer, files, found }
        const { skipped, problems, problemCount } = found
        const groups = groupFound(found.conversations, presentCounts(runtime))
        store.setState({ importing: { type: 'preview', groups, skipped, problems, problemCount } })
      } catch (error) {
        if (!signal.aborted) store.setState({ importing: { type: 'failed', problem: problemOf(error) } })
      }
    },

    async importChats(names) {
      if (!looked) return
      const { importer, files, found } = looked
      const { signal } = begin()
      const present = presentCounts(runtime)
      const missing = found.conversations.filter((each) => names.includes(each.group) && !isPresent(each, present))
      const totalMessages = missing.reduce((sum, { messages }) => sum + messages, 0)
      const known = new Set(runtime.ops.map(({ id }) => id))
      const done = { conversations: 0, messages: 0, facts: 0 }
      let read = 0
      let storing = Promise.resolve()
      let indexing: Promise<unknown> = Promise.resolve()
      const tell = () => store.setState({ importing: { type: 'importing', messages: read, totalMessages } })
      tell()
      const storeBatch = async ({ conversations, ops }: ChatBatch) => {
        const added = await services.storage.chat.importConversations(conversations)
        if (ops.length > 0) await services.storage.memory.append(ops)
        done.conversations += added.conversations
        done.messages += added.messages
        done.facts += ops.filter(({ id }) => !known.has(id)).length
        // The index takes this batch while the next one is stored, and no more: it must not fall behind.
        await indexing
        indexing = indexImported(runtime, conversations)
        indexing.catch(() => undefined) // It is awaited with the next batch.
        read += conversations.reduce((sum, { messages }) => sum + messages.length, 0)
        if (!signal.aborted) tell()
      }
      let problem: Problem | undefined
      try {
        const wanted = missing.map(({ id }) => id)
        await importer.read(
          { ...request(files), wanted },
          (batch) => {
            storing = storeBatch(batch)
            return storing
          },
          () => {},
          signal,
        )
        await indexing
      } catch (error) {
        if (!signal.aborted) problem = problemOf(error)
      }
      // What was on its way when it was cancelled is still counted.
      await storing.catch(() => undefined)
      if (done.facts > 0) await refreshMemories(runtime)
      const cut = signal.aborted || problem !== undefined
      if (!cut) looked = undefined
      if (work?.signal === signal)
        store.setState({
          importing: { type: 'done', ...done, ...(cut ? { leftGroups: names } : {}), ...(problem ? { problem } : {}) },
        })
    },

    cancelImport() {
      work?.abort()
      if (store.getState().importing.type === 'looking') store.setState({ importing: { type: 'idle' } })
    },

    closeImport() {
      work?.abort()
      work = undefined
      looked = undefined
      store.setState({ importing: { type: 'idle' } })
    },
  }
}

type Present = ReadonlyMap<ConversationId, number>

function presentCounts(runtime: Runtime): Present {
  return new Map(runtime.store.getState().conversations.map(({ id, messageCount }) => [id, messageCount]))
}

/** Here with all of its messages; one that was cut off, or has grown at its source, is not. */
function isPresent({ id, messages }: FoundConversation, present: Present): boolean {
  return (present.get(id) ?? 0) >= messages
}

function groupFound(found: readonly FoundConversation[], present: Present): readonly ImportGroup[] {
  const groups = new Map<string, ImportGroup>()
  for (const conversation of found) {
    const { group: name, messages, from, until } = conversation
    const before = groups.get(name) ?? { name, conversations: 0, messages: 0, from, until, present: 0 }
    groups.set(name, {
      name,
      conversations: before.conversations + 1,
      messages: before.messages + messages,
      from: Math.min(before.from, from),
      until: Math.max(before.until, until),
      present: before.present + (isPresent(conversation, present) ? 1 : 0),
    })
  }
  return [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}
