import { expect, it } from 'vitest'
import { lastManifest, ready, startTestLonghand } from './longhand.fixture.ts'

it('commits the user message before anything else, even with no model', async () => {
  const longhand = await startTestLonghand()
  await longhand.actions.send('Are you there?')
  const { turnProblem } = await longhand.until((state) => state.turnProblem !== undefined)
  expect(turnProblem?.problem.type).toBe('engine/not-loaded')
  expect(longhand.state().open?.messages.map(({ text }) => text)).toEqual(['Are you there?'])
  await longhand.actions.loadModel('scripted')
  const id = longhand.state().open?.messages[0]?.id
  if (id) await longhand.actions.regenerate(id)
  await longhand.until(({ open }) => open?.messages.length === 2)
})

it('stores a receipt whose total is the engine’s own count', async () => {
  const longhand = await ready()
  await longhand.say('Hello')
  await longhand.say('And again')
  const manifest = await lastManifest(longhand)
  const total = manifest.sections.reduce((sum, { tokens }) => sum + tokens, 0)
  expect(manifest.actual?.inputTokens).toBe(total)
  expect(manifest.predicted.inputTokens).toBe(total)
  expect(manifest.actual?.cachedInputTokens).toBeGreaterThanOrEqual(manifest.predicted.cachedInputTokens - 1)
})

it('keeps what was written when a reply is stopped, and goes on with it', async () => {
  const longhand = await ready({
    script: { reply: () => 'one two three four five six seven eight nine ten', tokensPerSecond: 200 },
  })
  await longhand.actions.send('Count')
  await longhand.until(({ live }) => Object.values(live).some(({ text }) => text.includes('two')))
  longhand.actions.stop()
  await longhand.until(({ live, open }) => Object.keys(live).length === 0 && open?.messages.length === 2)
  const cut = longhand.state().open?.messages[1]
  expect(cut?.status).toBe('stopped')
  expect(cut?.text).toMatch(/^one two/)
  if (cut) await longhand.actions.continueReply(cut.id)
  const { open } = await longhand.until(({ open }) => open?.messages[1]?.status === 'complete')
  expect(open?.messages[1]?.text).toBe('one two three four five six seven eight nine ten')
  expect(open?.messages[1]?.continues).toBe(cut?.id)
})

it('makes siblings for a regeneration and for an edit, and can go back', async () => {
  const longhand = await ready()
  await longhand.say('First')
  const [user, reply] = longhand.state().open?.messages ?? []
  if (!user || !reply) throw new Error('no turn')
  await longhand.actions.regenerate(reply.id)
  await longhand.until(({ open, live }) => Object.keys(live).length === 0 && open?.messages[1]?.id !== reply.id)
  expect(longhand.state().open?.siblings[longhand.state().open?.messages[1]?.id ?? 'msg:']).toHaveLength(2)
  await longhand.actions.edit(user.id, 'Other')
  await longhand.until(
    ({ open, live }) => Object.keys(live).length === 0 && open?.messages.length === 2 && open.messages[0]?.text === 'Other',
  )
  await longhand.actions.showSibling(user.id)
  expect(longhand.state().open?.messages[0]?.text).toBe('First')
})

it('stays on the branch that was chosen while a reply was written on another one', async () => {
  const longhand = await ready({ script: { reply: () => 'one two three four five six', tokensPerSecond: 100 } })
  await longhand.say('First')
  const first = longhand.state().open?.messages[0]
  if (!first) throw new Error('no turn')
  await longhand.actions.edit(first.id, 'Other')
  await longhand.until(({ live }) => Object.values(live).some(({ text }) => text.includes('two')))
  await longhand.actions.showSibling(first.id)
  await longhand.until(({ live }) => Object.keys(live).length === 0)
  const stored = await longhand.storage.chat.getConversation(first.conversationId)
  expect(stored?.messageCount).toBe(4)
  expect(await longhand.storage.chat.leafBelow(first.id)).toBe(stored?.headId)
})

it('marks what a crash left half written as interrupted, and a later start goes on', async () => {
  const longhand = await ready({ script: { reply: () => 'a long reply that never ends '.repeat(50), tokensPerSecond: 100 } })
  await longhand.actions.send('Go')
  await longhand.until(({ live }) => Object.values(live).some(({ outputTokens }) => outputTokens > 20))
  longhand.leave()
  const again = await startTestLonghand({ storage: longhand.storage, firstId: 1_000_000 })
  longhand.actions.stop()
  const [conversation] = again.state().conversations
  if (!conversation) throw new Error('no conversation')
  await again.actions.openConversation(conversation.id)
  const reply = again.state().open?.messages.at(-1)
  expect(reply?.status).toBe('interrupted')
  expect(reply?.text).toMatch(/^a long reply/)
})

it('recalls in a second conversation what was said in the first', async () => {
  const longhand = await ready()
  await longhand.say('My bicycle lock code is written under the blue kettle.')
  const source = longhand.state().open?.messages[0]?.id
  longhand.actions.newConversation()
  await longhand.say('Where is my bicycle lock code written?')
  const recalled = (await lastManifest(longhand)).sections.find(({ name }) => name === 'recalled')
  expect(recalled?.items.some(({ evidence }) => evidence.some(({ messageId }) => messageId === source))).toBe(true)
})

/** Replies of one length: the default one repeats what was recalled, and three such rounds may leave a summary no room. */
const evenReplies = { reply: () => 'The clerk wrote it into the book and went back to the scales by the quay. '.repeat(5).trim() }

it('closes epochs under pressure, summarises, and no turn fails for length', async () => {
  const longhand = await ready({ windowTokens: 1024, script: evenReplies })
  const reasons: string[] = []
  for (let turn = 0; turn < 20; turn++) {
    await longhand.say(`On day ${turn} the harbour master counted ${turn * 7} crates of oranges on ship number ${turn}.`)
    expect(longhand.state().turnProblem).toBeUndefined()
    await longhand.until(({ pendingJobs }) => pendingJobs === 0)
    reasons.push((await lastManifest(longhand)).epoch.reason)
  }
  expect(reasons).toContain('pressure')
  const summaries = longhand.state().memories.filter(({ kind, level }) => kind === 'summary' && level === 0)
  expect(summaries.length).toBeGreaterThan(1)
  const last = await lastManifest(longhand)
  expect(last.sections.find(({ name }) => name === 'summary')?.tokens).toBeGreaterThan(0)
  for (const { covers, sentences, madeBy } of summaries) {
    expect(covers?.messageCount).toBeGreaterThan(0)
    expect(sentences.every(({ evidence }) => evidence.length > 0)).toBe(true)
    expect(madeBy).toBe('extracted')
  }
})

it('[C18] closes an epoch with a summary of all that the new head leaves out', async () => {
  const longhand = await ready({ windowTokens: 1024, script: evenReplies })
  let closed = 0
  for (let turn = 0; turn < 20; turn++) {
    await longhand.say(`On day ${turn} the harbour master counted ${turn * 7} crates of oranges on ship number ${turn}.`)
    await longhand.until(({ pendingJobs }) => pendingJobs === 0)
    const { epoch, mode, sections, dropped } = await lastManifest(longhand)
    if (epoch.reason !== 'pressure' || epoch.turn > 1 || mode === 'everything-fits') continue
    closed++
    expect(sections.find(({ name }) => name === 'summary')?.tokens).toBeGreaterThan(0)
    const left = dropped.filter(({ section }) => section === 'turns')
    expect(left.length).toBeGreaterThan(0)
    expect(left.map(({ reason }) => reason.type)).toEqual(left.map(() => 'folded'))
  }
  expect(closed).toBeGreaterThan(1)
})

it('[C18] holds a summary of what it leaves out even where the job after the reply had no time', async () => {
  const longhand = await ready({ windowTokens: 1024, script: { reply: () => 'Noted.' } })
  for (let turn = 0; turn < 8; turn++) await longhand.say(`Note ${turn}: the harbour master counted ${turn * 7} crates.`)
  await longhand.say(`One long note: ${'there is much to be said about the old hall by the river. '.repeat(31)}`)
  const { epoch, sections, dropped } = await lastManifest(longhand)
  expect(epoch).toMatchObject({ reason: 'pressure', turn: 1 })
  expect(sections.find(({ name }) => name === 'summary')?.tokens).toBeGreaterThan(0)
  const left = dropped.filter(({ section }) => section === 'turns').map(({ reason }) => reason.type)
  expect(new Set(left)).toEqual(new Set(['folded']))
})

it('recalls for a new head what the head before it held', async () => {
  const longhand = await ready({ windowTokens: 1024, script: { reply: () => 'Noted.' } })
  await longhand.say('The key of the boat house hangs behind the green barometer.')
  const source = longhand.state().open?.messages[0]?.id
  for (let turn = 0; turn < 4; turn++) await longhand.say(`Filler ${turn}: ${'some other words on other things. '.repeat(8)}`)
  const held = await lastManifest(longhand)
  expect(held.epoch.reason).toBe('first-turn')
  // Too long to go on with: the epoch ends in the middle of this turn.
  await longhand.say(`Where is the key of the boat house? ${'I looked in many places and found nothing. '.repeat(40)}`)
  const { epoch, sections } = await lastManifest(longhand)
  expect(epoch).toMatchObject({ reason: 'pressure', turn: 1 })
  const items = sections.filter(({ name }) => name === 'recalled' || name === 'turns').flatMap((section) => section.items)
  expect(items.some(({ evidence }) => evidence.some(({ messageId }) => messageId === source))).toBe(true)
})

it('makes a forgotten summary again when asked, and ends', async () => {
  const longhand = await ready({ windowTokens: 1024 })
  for (let turn = 0; turn < 7; turn++)
    await longhand.say(`On day ${turn} the harbour master counted ${turn * 7} crates of oranges.`)
  await longhand.until(({ pendingJobs }) => pendingJobs === 0)
  await longhand.actions.summarizeNow()
  await longhand.until(({ pendingJobs, memories }) => pendingJobs === 0 && memories.some(({ retired }) => !retired))
  const inForce = () =>
    longhand.state().memories.filter(({ retired, replacedBy, level }) => level === 0 && !retired && !replacedBy)
  await longhand.actions.changeMemory(inForce().map(({ id }) => ({ type: 'retire', memoryId: id })))
  await longhand.say('One more day, and forty crates of lemons.')
  await longhand.actions.summarizeNow()
  await longhand.until(({ pendingJobs }) => pendingJobs === 0 && inForce().length > 0)
  expect(inForce()).toHaveLength(1)
})

it('leaves nothing of a temporary chat on disk', async () => {
  const longhand = await ready()
  longhand.actions.newConversation({ temporary: true })
  await longhand.say('A secret about the attic')
  expect(longhand.state().open?.messages).toHaveLength(2)
  expect(longhand.state().conversations).toHaveLength(0)
  const stored: string[] = []
  for await (const batch of longhand.storage.chat.scanMessages(100)) stored.push(...batch.map(({ text }) => text))
  expect(stored).toEqual([])
})

it('never recalls a deleted conversation, and recalls it again once that is undone', async () => {
  const longhand = await ready()
  await longhand.say('The marmalade recipe needs nine bitter oranges.')
  const id = longhand.state().open?.conversation.id
  if (!id) throw new Error('no conversation')
  await longhand.actions.deleteConversation(id)
  const recalledText = async () => {
    longhand.actions.newConversation({})
    await longhand.say('How many bitter oranges does the marmalade recipe need?')
    const manifest = await lastManifest(longhand)
    const other = longhand.state().open?.conversation.id
    if (other) await longhand.actions.deleteConversation(other)
    return (
      manifest.sections
        .find(({ name }) => name === 'recalled')
        ?.items.map(({ text }) => text)
        .join(' ') ?? ''
    )
  }
  expect(await recalledText()).not.toContain('nine bitter')
  await longhand.actions.restoreConversation(id)
  expect(await recalledText()).toContain('nine bitter')
})
