import type { IndexPartRepository, JobRepository, MemoryRepository, SettingsRepository, Storage } from '#ports/storage.ts'
import { byTime } from '#storage/list-order.ts'
import { inMemoryBackup } from './backup.ts'
import { inMemoryChat } from './chat.ts'
import { createMemoryTables, type MemoryTables, put, remove } from './memory-tables.ts'
import { inMemoryVectors } from './vectors.ts'

/** A Storage that keeps nothing: the fake of tests, and the home of temporary conversations. */
export function createInMemoryStorage(now: () => number): Storage {
  const tables = createMemoryTables()
  return {
    chat: inMemoryChat(tables),
    memory: memory(tables),
    jobs: jobs(tables),
    settings: settings(tables),
    indexParts: indexParts(tables),
    vectors: inMemoryVectors(tables),
    backup: inMemoryBackup(tables, now),
    secondCopy: {
      observe(callback) {
        callback({ type: 'none', reason: 'unsupported' })
        return () => {}
      },
      renew: async () => {},
    },
    observeFence: () => () => {},
    close() {},
  }
}

function memory(tables: MemoryTables): MemoryRepository {
  return {
    async append(ops) {
      for (const op of ops) if (!tables.ops.has(op.id)) put(tables, 'ops', op)
    },
    all: async () =>
      structuredClone(
        [...tables.ops.values()].sort((a, b) => byTime({ createdAt: a.at, id: a.id }, { createdAt: b.at, id: b.id })),
      ),
    observe: (callback) => tables.changed.subscribe((table) => table === 'ops' && callback()),
  }
}

function indexParts({ parts, conversations }: MemoryTables): IndexPartRepository {
  return {
    list: async () => [...parts.values()].sort((a, b) => a.order - b.order).map(({ id }) => id),
    get: async (id) => structuredClone(parts.get(id)),
    async change({ remove: gone, add }) {
      for (const id of gone) parts.delete(id)
      if (!add) return []
      const refused = add.conversationIds.filter((id) => (conversations.get(id) ?? { deletedAt: 0 }).deletedAt !== undefined)
      if (refused.length === 0) parts.set(add.id, structuredClone(add))
      return refused
    },
  }
}

function jobs(tables: MemoryTables): JobRepository {
  return {
    async enqueue(job) {
      if (![...tables.jobs.values()].some(({ hash }) => hash === job.hash)) put(tables, 'jobs', job)
    },
    list: async () => structuredClone([...tables.jobs.values()].sort(byTime)),
    async recordAttempt(id) {
      const job = tables.jobs.get(id)
      if (job) put(tables, 'jobs', { ...job, attempts: job.attempts + 1 })
    },
    async remove(id) {
      remove(tables, 'jobs', id)
    },
  }
}

function settings(tables: MemoryTables): SettingsRepository {
  const readValue = (name: string): unknown => structuredClone(tables.settings.get(name)?.value)
  return {
    get: async (name) => readValue(name),
    async set(name, value) {
      if (value === undefined) remove(tables, 'settings', name)
      else put(tables, 'settings', { name, value })
    },
    observe(name, callback) {
      let wanted = true
      const tell = () => wanted && callback(readValue(name))
      queueMicrotask(tell)
      const unsubscribe = tables.changed.subscribe((table) => table === 'settings' && tell())
      return () => {
        wanted = false
        unsubscribe()
      }
    },
  }
}
