import type { Runtime } from './runtime.ts'

/** Conversations whose newest receipt is read: enough to tell how fast this device reads. */
const most = 12

/** Reads the newest receipts of the newest conversations, from which the speed of reading is told before anything is asked. */
export async function loadRecentReceipts({ services, store }: Runtime): Promise<void> {
  const heads = [...store.getState().conversations].sort((a, b) => b.updatedAt - a.updatedAt).slice(0, most)
  const read = heads.map(({ headId }) => headId && services.storage.chat.getManifest(headId).catch(() => undefined))
  const found = (await Promise.all(read)).filter((manifest) => manifest !== undefined)
  store.setState(({ manifests }) => ({
    manifests: { ...Object.fromEntries(found.map((manifest) => [manifest.replyId, manifest])), ...manifests },
  }))
}
