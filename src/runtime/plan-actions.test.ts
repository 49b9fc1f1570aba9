import { expect, it } from 'vitest'
import { holds } from '#context/bring-in.ts'
import type { Manifest } from '#context/manifest.ts'
import { lastManifest, ready, type TestLonghand } from './longhand.fixture.ts'

const next = { type: 'next' } as const
const whyOut = (manifest: Manifest, key: string) => manifest.dropped.find((item) => item.key === key)?.reason.type

async function talkPastTheWindow(longhand: TestLonghand): Promise<void> {
  for (let turn = 1; turn <= 12; turn++)
    await longhand.say(`On day ${turn} the harbour master counted ${turn * 7} crates of oranges. ${'It rained. '.repeat(8)}`)
}

it('the plan shown is the prompt that is then sent', async () => {
  const longhand = await ready({ windowTokens: 1024 })
  await talkPastTheWindow(longhand)
  longhand.actions.setDraft('How many crates were counted on day 3?')
  const planned = await longhand.actions.planPrompt(next, [])
  await longhand.say('How many crates were counted on day 3?')
  if (planned?.type !== 'planned') throw new Error('no plan')
  const sent = await lastManifest(longhand)
  expect(sent.prompt).toEqual(planned.manifest.prompt)
  expect(sent.dropped).toHaveLength(planned.manifest.dropped.length)
})

it('a hidden message stays out of the prompts that follow and is told; undo brings it back', async () => {
  const longhand = await ready()
  await longhand.say('My locker is number 4711.')
  const [said] = longhand.state().open?.messages ?? []
  if (!said) throw new Error('no message')
  await longhand.actions.applyPlan(next, [{ type: 'hide', key: said.id }])
  await longhand.say('And now?')
  const without = await lastManifest(longhand)
  expect(holds(without, said.id)).toBe(false)
  expect(whyOut(without, said.id)).toBe('hidden')
  expect(without.epoch.reason).toBe('plan-changed')
  expect(without.wishes?.hidden).toEqual([said.id])
  expect((await longhand.storage.chat.getMessage(said.id))?.text).toBe('My locker is number 4711.')
  longhand.state().notices.at(-1)?.action?.run()
  await longhand.until(({ open }) => open?.conversation.wishes?.hidden.length === 0)
  await longhand.say('And again?')
  expect(holds(await lastManifest(longhand), said.id)).toBe(true)
})

it('what brings a left-out turn in is shown as a plan, and does so when the reply is made again', async () => {
  const longhand = await ready({ windowTokens: 1024 })
  await talkPastTheWindow(longhand)
  const before = await lastManifest(longhand)
  const item = before.dropped.find(({ section, range }) => section === 'turns' && !range)
  const replyId = longhand.state().open?.messages.at(-1)?.id
  if (!item || !replyId) throw new Error('nothing was left out')
  const again = { type: 'again', replyId } as const
  const found = await longhand.actions.whatBringsIn(again, item.key)
  if (found?.type !== 'remedies') throw new Error(`no remedies: ${found?.type}`)
  const pin = found.remedies.find(({ changes }) => changes.some(({ type }) => type === 'pin'))
  if (!pin) throw new Error('no pin')
  expect(holds(pin.manifest, item.key)).toBe(true)
  await longhand.actions.applyPlan(again, pin.changes)
  await longhand.until(({ open, live }) => Object.keys(live).length === 0 && open?.messages.at(-1)?.id !== replyId)
  const after = await lastManifest(longhand)
  expect(holds(after, item.key)).toBe(true)
  // The receipt of the reply as it was stays as it was.
  expect(await longhand.storage.chat.getManifest(replyId)).toEqual(before)
})

it('a new head can be asked for once', async () => {
  const longhand = await ready()
  await longhand.say('One.')
  await longhand.actions.applyPlan(next, [{ type: 'new-epoch' }])
  await longhand.say('Two.')
  expect((await lastManifest(longhand)).epoch).toMatchObject({ turn: 1, reason: 'plan-changed' })
  await longhand.say('Three.')
  expect((await lastManifest(longhand)).epoch).toMatchObject({ turn: 2 })
})

it('something of another conversation can be pinned here, whatever is asked', async () => {
  const longhand = await ready()
  await longhand.say('The bicycle lock code is under the blue kettle.')
  const [said] = longhand.state().open?.messages ?? []
  if (!said) throw new Error('no message')
  longhand.actions.newConversation()
  await longhand.actions.applyPlan(next, [{ type: 'pin', key: said.id }])
  await longhand.say('Good morning')
  const manifest = await lastManifest(longhand)
  expect(holds(manifest, said.id)).toBe(true)
  await longhand.storage.chat.purgeConversation(said.conversationId)
  await longhand.say('Good evening')
})

it('the preview follows while keys come faster than its pause, and ends with the whole text', async () => {
  const longhand = await ready()
  const text = 'How many crates of oranges did the harbour master count on day three?'
  const seen = new Set<string>()
  const unsubscribe = longhand.store.subscribe(({ preview }) => {
    const message = preview?.manifest.sections.find(({ name }) => name === 'message')?.items[0]
    if (message) seen.add(message.text)
  })
  for (let length = 1; length <= text.length; length++) {
    longhand.actions.setDraft(text.slice(0, length))
    await new Promise((done) => setTimeout(done, 15))
  }
  const partly = [...seen].filter((shown) => shown !== '' && shown !== text)
  await longhand.until(({ preview }) => preview?.estimated === false)
  unsubscribe()
  expect(partly.length).toBeGreaterThan(1)
  expect(longhand.state().preview?.manifest.sections.at(-1)?.items[0]?.text).toBe(text)
})
