import { problemOf } from './problems.ts'
import { notify, type Runtime } from './runtime.ts'
import { takeIn } from './take-in.ts'

type Restored = { readonly messages: number; readonly refused?: 'old' | 'damaged'; readonly detail?: string }

/**
 * Fills the search index: with what was stored of it, then with the messages that this lacks, in batches, so that the page
 * stays free while it grows. What cannot be used of what was stored is made of the messages again, and the user can see that.
 */
export async function buildIndex(runtime: Runtime): Promise<void> {
  const { messages: restored, refused, detail } = await restoreParts(runtime)
  const added = await takeIn(runtime)
  runtime.store.setState((state) => ({ storage: { ...state.storage, index: { restored, added, ...(refused && { refused }) } } }))
  if (refused === 'damaged')
    notify(runtime, {
      tone: 'info',
      text: 'A part of the stored search index was damaged. It was made again from your messages; nothing is lost.',
      ...(detail === undefined ? {} : { detail }),
    })
}

async function restoreParts({ services: { storage, retrieval } }: Runtime): Promise<Restored> {
  let restored: Restored = { messages: 0 }
  async function restore(id: string): Promise<void> {
    const part = await storage.indexParts.get(id)
    // Another tab may have replaced it meanwhile.
    if (!part) return
    const result = await retrieval.restorePart(part)
    if (result.type === 'restored') restored = { ...restored, messages: restored.messages + result.messages }
    // What is damaged is worth more words than what is old.
    else if (restored.refused !== 'damaged') restored = { ...restored, refused: result.reason, detail: result.detail }
  }
  try {
    // Two on their way: one is read while the worker takes the other in, and they stay in order.
    let last: Promise<void> = Promise.resolve()
    for (const id of await storage.indexParts.list()) {
      const before = last
      last = restore(id)
      last.catch(() => {})
      await before
    }
    await last
  } catch (error) {
    // Parts are derived: where they cannot be read, messages can.
    restored = { ...restored, refused: 'damaged', detail: problemOf(error).detail ?? problemOf(error).title }
  }
  return restored
}
