import { describe, expect, it } from 'vitest'
import type { Manifest } from '#context/manifest.ts'
import { promptWithout, removableItems } from '#context/rerun/prompt-without.ts'
import { lastManifest, ready, startTestLonghand, type TestLonghand } from '#runtime/longhand.fixture.ts'
import { exampleBudgets } from './example-actions.ts'
import { exampleQuestion, exampleTalk } from './example-talk.ts'

/** Opens the example and waits for its summary. */
async function openExample(longhand: TestLonghand) {
  const id = await longhand.actions.openExample()
  if (!id) throw new Error('no example')
  await longhand.actions.openConversation(id)
  while ((await longhand.storage.jobs.list()).length > 0) await new Promise((done) => setTimeout(done, 5))
  return id
}

const textsOf = (manifest: Manifest, name: string) =>
  manifest.sections.flatMap((section) => (section.name === name ? section.items.map(({ text }) => text) : []))

describe('the example conversation', () => {
  it('is stored once, as words that no model wrote, with a summary made by rules, and needs no model', async () => {
    const longhand = await startTestLonghand()
    const id = await openExample(longhand)
    expect(await longhand.actions.openExample()).toBe(id)
    const stored = await longhand.storage.chat.allMessages(id)
    expect(stored).toHaveLength(exampleTalk.length * 2)
    expect(stored.filter(({ modelId }) => modelId !== undefined)).toEqual([])
    expect(await longhand.storage.chat.getConversation(id)).toMatchObject({ example: true, messageCount: stored.length })
    const { memories } = longhand.state()
    expect(memories.length).toBeGreaterThan(0)
    for (const memory of memories) expect(memory).toMatchObject({ kind: 'summary', madeBy: 'extracted', conversationId: id })
  })

  it.each([4096, 32_768])('has three different prompts for its question in a window of %i', async (windowTokens) => {
    const longhand = await ready({ windowTokens })
    await openExample(longhand)
    await longhand.say(exampleQuestion)
    const manifest = await lastManifest(longhand)
    expect(manifest.mode).toBe('assembled')
    expect(textsOf(manifest, 'recalled').join(' ')).toContain('Ines Okafor')
    expect(textsOf(manifest, 'summary')).toHaveLength(1)
    const turns = manifest.sections.find(({ name }) => name === 'turns')
    expect(turns?.tokens).toBeGreaterThan(exampleBudgets.turns / 3)
    expect(turns?.tokens).toBeLessThanOrEqual(exampleBudgets.turns)
    const whole = await longhand.actions.layWhole(manifest.replyId)
    if (whole?.type !== 'laid') throw new Error(`not laid: ${whole?.type}`)
    expect(textsOf(whole.manifest, 'turns')).toHaveLength(exampleTalk.length * 2)
    const fromMemory = removableItems(manifest).filter(({ section }) => section === 'summary' || section === 'recalled')
    const recent = promptWithout(manifest, new Set(fromMemory.map(({ ref }) => ref)))
    expect(recent.map(({ text }) => text).join('')).not.toContain('Okafor')
  })

  it('[C41] keeps its memory to itself, and has none of the user’s', async () => {
    const longhand = await ready()
    await longhand.say('The spare key to our house hangs in the shed. I moved to Bergen.')
    await longhand.actions.addMemory('Likes tea.', 'fact', true)
    await openExample(longhand)
    await longhand.say('I moved to Porto.')
    await longhand.say(exampleQuestion)
    const prompt = (await lastManifest(longhand)).prompt.map(({ text }) => text).join('')
    expect(prompt).toContain('Okafor')
    for (const others of ['in the shed', 'Bergen', 'Likes tea']) expect(prompt).not.toContain(others)
    while ((await longhand.storage.jobs.list()).length > 0) await new Promise((done) => setTimeout(done, 5))
    expect(longhand.state().memories.filter(({ text }) => text.includes('Porto'))).toEqual([])
    longhand.actions.newConversation()
    await longhand.say(`${exampleQuestion} And who waters the tomatoes?`)
    const elsewhere = await lastManifest(longhand)
    expect(textsOf(elsewhere, 'recalled').join(' ')).toContain('shed')
    expect(elsewhere.prompt.map(({ text }) => text).join('')).not.toContain('Okafor')
  })

  it('goes with all that came of it', async () => {
    const longhand = await ready()
    const id = await openExample(longhand)
    await longhand.actions.deleteConversation(id)
    expect(await longhand.actions.search('Okafor')).toEqual([])
    await longhand.storage.chat.updateConversation(id, { deletedAt: 1 })
    await longhand.until(({ conversations }) => conversations.every((one) => one.id !== id))
    await longhand.actions.newConversation()
    await longhand.say('Hello.')
    await longhand.until(({ memories }) => memories.length === 0)
    expect(await longhand.storage.chat.allMessages(id)).toEqual([])
    // Another one can be made.
    const next = await openExample(longhand)
    expect(next).not.toBe(id)
    expect(new Set(longhand.state().memories.map(({ conversationId }) => conversationId))).toEqual(new Set([next]))
  })
})
