import { StorageError } from '#ports/storage.ts'
import { problemOf } from './problems.ts'
import type { Runtime } from './runtime.ts'

/** How often it is looked whether there is something to store, in milliseconds. */
const everyMs = 60_000

/** Stores what is new in the search index, now and from time to time, in the tab that owns the model. */
export function keepIndex(runtime: Runtime): void {
  let running = false
  const store = async (): Promise<void> => {
    if (running) return
    running = true
    await storeIndex(runtime)
    running = false
  }
  void store()
  setInterval(() => void store(), everyMs)
  runtime.services.onLeaving(() => void store())
}

/**
 * Brings the stored parts up to the index, a part at a time. It stops when a turn begins and goes on the next time, so that
 * no one waits for it. What goes wrong can be seen; nothing is lost by it but time at the next start.
 */
export async function storeIndex(runtime: Runtime): Promise<void> {
  const { storage, retrieval, tabs, newId } = runtime.services
  try {
    // Tabs without the model do not write: two would undo each other's parts.
    while (tabs.role() === 'owner' && !isAnswering(runtime)) {
      const change = await retrieval.nextPart(await storage.indexParts.list(), newId('part'))
      if (!change) break
      // Another tab has deleted these: they go from this index as well.
      for (const id of await storage.indexParts.change(change)) await retrieval.removeConversation(id)
    }
    tell(runtime, undefined)
  } catch (error) {
    tell(runtime, problemOf(error).title)
    // What can be found out again makes room for what cannot.
    if (error instanceof StorageError && error.type === 'quota')
      await storage.indexParts
        .list()
        .then((remove) => storage.indexParts.change({ remove }))
        .catch((again: unknown) => tell(runtime, problemOf(again).title))
  }
}

function isAnswering({ store }: Runtime): boolean {
  const { live, saving } = store.getState()
  return Object.keys(live).length > 0 || Object.keys(saving).length > 0
}

function tell({ store }: Runtime, problem: string | undefined): void {
  const { index } = store.getState().storage
  if (!index || index.problem === problem) return
  const { problem: _, ...rest } = index
  store.setState((state) => ({ storage: { ...state.storage, index: { ...rest, ...(problem && { problem }) } } }))
}
