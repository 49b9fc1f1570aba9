import fc from 'fast-check'
import type { Message } from '#chat/message.ts'
import { sampleConversation, sampleDraft } from '#ports/storage.samples.ts'
import type { Job, Storage } from '#ports/storage.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import { anyActual, anyManifest, anyOp, anyText } from './arbitrary-content.ts'

/** One call of a storage. Its ids are few, so that calls meet: parents that exist and others that do not, twice the same. */
export type Step = { readonly name: string; readonly run: (storage: Storage) => Promise<unknown> }

const conversationId = fc.integer({ min: 1, max: 3 }).map((n): ConversationId => `conv:${n}`)
const messageId = fc.integer({ min: 1, max: 12 }).map((n): MessageId => `msg:${n}`)
const time = fc.integer({ min: 0, max: 20 })

const message: fc.Arbitrary<Message> = fc.record(
  {
    id: messageId,
    conversationId,
    parentId: messageId,
    role: fc.constantFrom('user', 'assistant'),
    speaker: anyText,
    text: anyText,
    createdAt: time,
    status: fc.constantFrom('complete', 'interrupted', 'stopped', 'error'),
    modelId: anyText,
    error: anyText,
    continues: messageId,
  },
  { requiredKeys: ['id', 'conversationId', 'role', 'text', 'createdAt', 'status'] },
)

const step = <T>(name: string, arbitrary: fc.Arbitrary<T>, run: (storage: Storage, value: T) => Promise<unknown>) =>
  arbitrary.map((value): Step => ({ name: `${name} ${fc.stringify(value)}`, run: (storage) => run(storage, value) }))

// Settings are JSON: what JSON cannot tell apart, such as -0 and 0, is one value.
// A backup refuses the name __proto__ wherever it stands (S24), and the product stores no value that has it.
const jsonText = fc
  .jsonValue({ maxDepth: 3 })
  .map((value) => JSON.stringify(value))
  .filter((text) => !text.includes('"__proto__"'))
  .map((text): unknown => JSON.parse(text))

const weighted: fc.WeightedArbitrary<Step>[] = [
  {
    weight: 8,
    arbitrary: step('addMessage', fc.tuple(message, anyText, fc.boolean()), ({ chat }, [value, title, pinned]) =>
      chat.addMessage(
        value,
        sampleConversation(value.conversationId, { title, pinned, createdAt: value.createdAt, updatedAt: 0 }),
      ),
    ),
  },
  {
    weight: 3,
    arbitrary: step(
      'importConversations',
      fc.array(fc.tuple(conversationId, fc.array(message, { maxLength: 5 }), messageId, time), { maxLength: 3 }),
      ({ chat }, entries) =>
        chat.importConversations(
          entries.map(([id, messages, headId, updatedAt]) => ({
            conversation: sampleConversation(id, { headId, updatedAt }),
            messages,
          })),
        ),
    ),
  },
  {
    weight: 3,
    arbitrary: step(
      'finishReply',
      fc.tuple(message, anyManifest, fc.option(messageId, { nil: undefined })),
      ({ chat }, [value, manifest, headBefore]) => chat.finishReply(value, manifest(value.id, value.conversationId), headBefore),
    ),
  },
  {
    weight: 2,
    arbitrary: step(
      'saveDraft',
      fc.tuple(messageId, conversationId, messageId, anyText),
      async ({ chat }, [id, conversation, parent, text]) => {
        // As in the product: a draft answers a message that is stored.
        if ((await chat.getMessage(parent))?.conversationId === conversation)
          await chat.saveDraft(sampleDraft(id, conversation, parent, text))
      },
    ),
  },
  { weight: 1, arbitrary: step('deleteDraft', messageId, ({ chat }, id) => chat.deleteDraft(id)) },
  {
    weight: 1,
    arbitrary: step(
      'saveManifest',
      fc.tuple(messageId, conversationId, anyManifest),
      async ({ chat }, [id, conversation, manifest]) => {
        if (await chat.getConversation(conversation)) await chat.saveManifest(manifest(id, conversation))
      },
    ),
  },
  {
    weight: 1,
    arbitrary: step('setActual', fc.tuple(messageId, anyActual), ({ chat }, [id, actual]) => chat.setActual(id, actual)),
  },
  {
    weight: 2,
    arbitrary: step('rename', fc.tuple(conversationId, anyText), ({ chat }, [id, title]) =>
      chat.updateConversation(id, { title, titledBy: 'user', instructions: title }),
    ),
  },
  {
    weight: 1,
    arbitrary: step('delete', fc.tuple(conversationId, time), ({ chat }, [id, deletedAt]) =>
      chat.updateConversation(id, { deletedAt }),
    ),
  },
  { weight: 1, arbitrary: step('undelete', conversationId, ({ chat }, id) => chat.restoreConversation(id)) },
  { weight: 1, arbitrary: step('purge', conversationId, ({ chat }, id) => chat.purgeConversation(id)) },
  { weight: 2, arbitrary: step('append', fc.array(anyOp, { maxLength: 3 }), ({ memory }, ops) => memory.append(ops)) },
  {
    weight: 1,
    arbitrary: step(
      'enqueue',
      fc.tuple(fc.nat({ max: 5 }), conversationId, time, anyText),
      ({ jobs }, [n, conversation, at, text]) => jobs.enqueue(jobOf(n, conversation, at, text)),
    ),
  },
  { weight: 1, arbitrary: step('finish job', fc.nat({ max: 5 }), ({ jobs }, n) => jobs.remove(`job:${n}`)) },
  { weight: 1, arbitrary: step('attempt', fc.nat({ max: 5 }), ({ jobs }, n) => jobs.recordAttempt(`job:${n}`)) },
  {
    weight: 2,
    arbitrary: step('set', fc.tuple(fc.constantFrom('a', 'b'), jsonText), ({ settings }, [name, value]) =>
      settings.set(name, value),
    ),
  },
]

function jobOf(n: number, conversationId: ConversationId, createdAt: number, text: string): Job {
  return {
    id: `job:${n}`,
    type: 'title',
    hash: `hash ${n}`,
    conversationId,
    createdAt,
    attempts: 0,
    payload: { text, n, yes: true },
  }
}

/** A sequence of calls. */
export const anySteps = fc.array(fc.oneof(...weighted), { maxLength: 30 })

/** Runs the calls and returns how each ended: `ok`, or the type of its error. */
export async function runSteps(storage: Storage, steps: readonly Step[]): Promise<readonly string[]> {
  const outcomes: string[] = []
  for (const { run } of steps)
    outcomes.push(
      await run(storage).then(
        () => 'ok',
        (error: unknown) => (error as { type?: string }).type ?? String(error),
      ),
    )
  return outcomes
}

/** All that a storage tells about itself. */
export async function everything(storage: Storage): Promise<unknown> {
  const { chat, memory, jobs, settings } = storage
  const conversations = await Promise.all(['conv:1', 'conv:2', 'conv:3'].map((id) => chat.getConversation(id as ConversationId)))
  const messages = []
  for (const id of ['conv:1', 'conv:2', 'conv:3'] as const)
    for (const message of await chat.allMessages(id))
      messages.push({
        message,
        tail: await chat.pathTail(id, message.id, 3),
        siblings: await chat.siblings([message]),
        leaf: await chat.leafBelow(message.id),
        manifest: await chat.getManifest(message.id),
      })
  const scanned = []
  for await (const batch of chat.scanMessages(3)) scanned.push(...batch)
  const drafts = [...(await chat.listDrafts())].sort((a, b) => (a.id < b.id ? -1 : 1))
  const [deleted, ops, queue] = [await chat.listDeleted(10), await memory.all(), await jobs.list()]
  const values = [await settings.get('a'), await settings.get('b')]
  return { conversations, messages, scanned, drafts, deleted, ops, queue, values }
}
