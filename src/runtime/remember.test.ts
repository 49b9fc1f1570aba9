import { expect, it } from 'vitest'
import type { Manifest } from '#context/manifest.ts'
import { contradictionsOf, isOpen } from '#memory/in-force.ts'
import { startTestLonghand, type TestLonghand } from './longhand.fixture.ts'

async function ready(options: Parameters<typeof startTestLonghand>[0] = {}): Promise<TestLonghand> {
  const longhand = await startTestLonghand({ script: { reply: () => 'Noted.' }, ...options })
  await longhand.actions.loadModel('scripted')
  return longhand
}

/** Waits until the queue is worked off. */
async function settled(longhand: TestLonghand): Promise<void> {
  while ((await longhand.storage.jobs.list()).length > 0) await new Promise((done) => setTimeout(done, 5))
}

async function lastManifest(longhand: TestLonghand): Promise<Manifest> {
  const reply = longhand.state().open?.messages.at(-1)
  const manifest = reply && (await longhand.storage.chat.getManifest(reply.id))
  if (!manifest) throw new Error('no manifest')
  return manifest
}

const facts = (longhand: TestLonghand) => longhand.state().memories.filter(({ kind }) => kind === 'fact')

it('remembers a move, and a later one with the time in which the first held', async () => {
  const longhand = await ready()
  await longhand.say('I moved to Lisbon.')
  const source = longhand.state().open?.messages[0]?.id
  await settled(longhand)
  expect(facts(longhand).map(({ text }) => text)).toEqual(['User: I moved to Lisbon.'])
  expect(facts(longhand)[0]?.evidence[0]?.messageId).toBe(source)
  longhand.actions.newConversation()
  await longhand.say('I moved to Porto.')
  await settled(longhand)
  const [lisbon, porto] = facts(longhand)
  expect(lisbon).toMatchObject({ validUntil: porto?.validFrom, replacedBy: porto?.id })
  expect(porto && isOpen(porto)).toBe(true)
  longhand.actions.newConversation()
  await longhand.say('What is the weather like at home?')
  const you = (await lastManifest(longhand)).sections.find(({ name }) => name === 'you')
  expect(you?.items.map(({ text }) => text)).toEqual([expect.stringContaining('I moved to Porto.')])
  expect(you?.items[0]).toMatchObject({ memoryId: porto?.id, why: expect.stringContaining('known fact') })
})

it('[M25] leaves a contradiction to the user', async () => {
  const longhand = await ready()
  await longhand.say('My name is Tom.')
  await longhand.say('My name is Tim.')
  await settled(longhand)
  expect(contradictionsOf(longhand.state().memories).map(({ older, newer }) => [older.slot?.value, newer.slot?.value])).toEqual([
    ['Tom', 'Tim'],
  ])
})

it('writes nothing where memory is off, and nothing of a temporary chat', async () => {
  const longhand = await ready()
  await longhand.say('Hello.')
  const id = longhand.state().open?.conversation.id
  if (id) await longhand.actions.setMemory(id, false)
  await longhand.say('I moved to Lisbon.')
  longhand.actions.newConversation({ temporary: true })
  await longhand.say('I moved to Porto.')
  await settled(longhand)
  expect(longhand.state().memories).toEqual([])
})

it('[M3] what came only from a deleted conversation is forgotten with it', async () => {
  const longhand = await ready()
  await longhand.say('I moved to Lisbon.')
  await settled(longhand)
  const id = longhand.state().open?.conversation.id
  if (!id) throw new Error('no conversation')
  await longhand.storage.memory.append([
    {
      type: 'forget-sources',
      id: 'op:f',
      at: 9e12,
      cause: { type: 'source-deleted', conversationId: id },
      messageIds: (await longhand.storage.chat.allMessages(id)).map((message) => message.id),
    },
  ])
  longhand.actions.newConversation()
  await longhand.say('My name is Tom.')
  await settled(longhand)
  expect(facts(longhand).map(({ text }) => text)).toEqual(['User: My name is Tom.'])
})

it('[C17] another profile closes the epoch, and says before what it will cost', async () => {
  const longhand = await ready()
  await longhand.say('I moved to Lisbon.')
  await longhand.say('And I like the sea.')
  const id = longhand.state().open?.conversation.id
  if (!id) throw new Error('no conversation')
  const before = await lastManifest(longhand)
  expect(before.epoch.reason).toBe('first-turn')
  expect(await longhand.actions.profileCost()).toBe((before.actual?.inputTokens ?? 0) + (before.actual?.outputTokens ?? 0))
  await longhand.actions.setProfile(id, 'bare')
  await longhand.say('Well?')
  const after = await lastManifest(longhand)
  expect(after.epoch).toMatchObject({ reason: 'profile-changed', turn: 1 })
  expect(after.profile).toBe('bare')
  await longhand.say('And now?')
  expect((await lastManifest(longhand)).epoch).toMatchObject({ reason: 'profile-changed', turn: 2 })
})
