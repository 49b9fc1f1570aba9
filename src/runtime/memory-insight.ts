import type { Finding } from '#memory/lint-memory.ts'
import type { MessageId } from '#shared/ids.ts'
import type { Actions } from './actions.ts'
import { type CallLog, readCallLog } from './note-calls.ts'
import { modelToPlan, previewTurn } from './preview-turn.ts'
import { problemOf } from './problems.ts'
import { attempt, type Runtime } from './runtime.ts'

type MemoryInsight = Pick<Actions, 'askMemory' | 'checkMemory' | 'countReceipts' | 'readCalls'>

/** How many rows are read at once while everything is looked through. */
const batch = 200

/** What can be found out about memory without changing anything. */
export function memoryInsight(runtime: Runtime): MemoryInsight {
  const { services, store } = runtime
  const { chat } = services.storage
  const roles = new Map<MessageId, 'user' | 'assistant'>()

  /** Who wrote the messages that memories came from, read once each. */
  async function readRoles(ids: readonly MessageId[]): Promise<void> {
    const fresh = ids.filter((id) => !roles.has(id))
    for (let from = 0; from < fresh.length; from += batch) {
      const read = fresh.slice(from, from + batch).map((id) => chat.getMessage(id).catch(() => undefined))
      for (const message of await Promise.all(read)) if (message) roles.set(message.id, message.role)
    }
  }

  return {
    async askMemory(text) {
      const { open } = store.getState()
      const asked = modelToPlan(runtime)
      if (!open || !asked) return undefined
      try {
        return { type: 'asked', manifest: await previewTurn(runtime, open, text, asked), estimated: asked.estimated }
      } catch (error) {
        return { type: 'failed', problem: problemOf(error) }
      }
    },
    async checkMemory() {
      let findings: readonly Finding[] | undefined
      await attempt(runtime, async () => {
        const { memories } = store.getState()
        const standing = memories.filter(({ retired, replacedBy }) => !retired && replacedBy === undefined)
        await readRoles([
          ...new Set(
            standing.flatMap(({ kind, evidence }) => (kind === 'summary' ? [] : evidence.map(({ messageId }) => messageId))),
          ),
        ])
        findings = await services.checkMemory({ memories: standing, now: services.clock.now(), roles })
      })
      return findings
    },
    async readCalls() {
      let log: CallLog | undefined
      await attempt(runtime, async () => {
        log = await readCallLog(services.storage.settings)
      })
      return log
    },
    async countReceipts(ids, signal) {
      const wanted = new Set<string>(ids)
      let count = 0
      const whole = await attempt(runtime, async () => {
        for await (const messages of chat.scanMessages(batch)) {
          if (signal.aborted) return
          const replies = messages.filter(({ role }) => role === 'assistant')
          const manifests = await Promise.all(replies.map(({ id }) => chat.getManifest(id).catch(() => undefined)))
          for (const manifest of manifests)
            if (manifest?.sections.some(({ items }) => items.some(({ memoryId }) => memoryId && wanted.has(memoryId)))) count++
        }
      })
      return whole && !signal.aborted ? count : undefined
    },
  }
}
