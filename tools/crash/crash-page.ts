import { v7 } from 'uuid'
import type { Conversation } from '#chat/conversation.ts'
import type { Draft, Message } from '#chat/message.ts'
import type { Manifest } from '#context/manifest.ts'
import { createDraftWriter } from '#runtime/draft-writer.ts'
import { recoverDrafts } from '#runtime/recover-drafts.ts'
import { crc32 } from '#shared/crc32.ts'
import { canonicalJson } from '#storage/canonical-json.ts'
import { openStorage } from '#storage/open-storage.ts'
import { seededRandom } from './random.ts'

declare global {
  // Of the campaign that drives this page.
  var acknowledge: (id: string, hash: string) => void
  var acknowledgeDraft: (id: string, text: string) => void
}

const words = ['river', 'Größe', '記憶', '😀', 'because', 'zero\u0000', 'line\n', '"quote"', 'ordinary', 'ready']
const messagesPerConversation = 40

// At some starts the second copy is looked at before the page dies, at others not.
const tendCopyAfterMs = Math.random() < 0.5 ? 100 : 5000
const without = new URLSearchParams(location.search).get('copy') === 'none'
const storage = await openStorage({
  name: 'longhand-crash',
  now: () => Date.now(),
  tendCopyAfterMs,
  ...(without ? { copyFiles: 'none', acceptWipe: true } : {}),
})
let damaged = 0
storage.chat.observeDamage((rows) => {
  damaged = rows.length
})
await recoverDrafts(storage)

const hash = (message: Message) => crc32(canonicalJson(message)).toString(16)

function manifestFor(replyId: Manifest['replyId'], user: Message): Manifest {
  return {
    schema: 'longhand.manifest',
    version: 1,
    replyId,
    userMessageId: user.id,
    conversationId: user.conversationId,
    createdAt: Date.now(),
    epoch: { id: 'epoch:1', reason: 'first-turn', turn: 1 },
    model: { id: 'none', name: 'none', engine: 'none', tokenizerId: 'none' },
    sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 1 },
    window: { size: 1, reserve: 0, pressure: 1 },
    mode: 'everything-fits',
    prompt: [{ role: 'user', text: user.text }],
    sections: [],
    dropped: [],
    threshold: 0,
    predicted: { inputTokens: 0, cachedInputTokens: 0 },
  }
}

/** One turn as the product makes it: user message, manifest, drafts, finished reply. Each is acknowledged once it is committed. */
async function turn(conversation: Conversation, parent: Message | undefined, random: () => number): Promise<Message> {
  const text = () => words[Math.floor(random() * words.length)] ?? ''
  const user: Message = {
    id: `msg:${v7()}`,
    conversationId: conversation.id,
    ...(parent ? { parentId: parent.id } : {}),
    role: 'user',
    text: Array.from({ length: 1 + Math.floor(random() * 30) }, text).join(' '),
    createdAt: Date.now(),
    status: 'complete',
  }
  await storage.chat.addMessage(user, conversation)
  acknowledge(user.id, hash(user))
  const draft: Draft = {
    id: `msg:${v7()}`,
    conversationId: conversation.id,
    parentId: user.id,
    text: '',
    createdAt: Date.now(),
    modelId: 'none',
  }
  const manifest = manifestFor(draft.id, user)
  await storage.chat.saveManifest(manifest)
  const writer = createDraftWriter(draft, async (saved) => {
    await storage.chat.saveDraft(saved)
    acknowledgeDraft(saved.id, saved.text)
  })
  let reply = ''
  const tokens = 3 + Math.floor(random() * 60)
  for (let token = 1; token <= tokens; token++) {
    reply += `${text()} `
    writer.update(reply, token)
    await new Promise((resolve) => setTimeout(resolve, random() * 4))
  }
  await writer.close()
  const { conversationId, parentId, createdAt, modelId } = draft
  const message: Message = {
    id: draft.id,
    conversationId,
    parentId,
    role: 'assistant',
    text: reply,
    createdAt,
    status: 'complete',
    modelId,
  }
  await storage.chat.finishReply(message, manifest)
  acknowledge(message.id, hash(message))
  return message
}

async function talk(random: () => number): Promise<void> {
  for (;;) {
    const conversation: Conversation = {
      id: `conv:${v7()}`,
      title: 'Talk',
      titledBy: 'rule',
      createdAt: Date.now(),
      updatedAt: Date.now(),
      pinned: false,
      memory: true,
      messageCount: 0,
    }
    let parent: Message | undefined
    for (let n = 0; n < messagesPerConversation / 2; n++) parent = await turn(conversation, parent, random)
  }
}

globalThis.crashPage = {
  async work(seed) {
    void talk(seededRandom(seed))
  },
  async inspect() {
    const messages = []
    for await (const batch of storage.chat.scanMessages(500))
      for (const message of batch)
        messages.push({ id: message.id, hash: hash(message), text: message.text, status: message.status })
    const { recovery } = storage.secondCopy
    const drafts = (await storage.chat.listDrafts()).length
    return { messages, drafts, damaged, ...(recovery ? { recovered: recovery.messages } : {}) }
  },
}
