import { describe, expect, it } from 'vitest'
import { conversationMarkdown } from '#chat/export-conversation.ts'
import type { Script } from '#engine/scripted/script.ts'
import { lastManifest, ready, type TestLonghand } from './longhand.fixture.ts'

const think = (longhand: TestLonghand, thinking: boolean) =>
  longhand.actions.updateSettings({ sampling: { scripted: { thinking } } })
const last = (longhand: TestLonghand) => longhand.state().open?.messages.at(-1)
const sent = async (longhand: TestLonghand) => (await lastManifest(longhand)).prompt.map(({ text }) => text).join('')

/** Goes on with the newest reply and waits for it. */
async function goOn(longhand: TestLonghand) {
  const before = last(longhand)
  if (before) await longhand.actions.continueReply(before.id)
  await longhand.until(({ live, open }) => Object.keys(live).length === 0 && open?.messages.at(-1)?.id !== before?.id)
  return last(longhand)
}

const script: Script = { thought: 'A dog, I see.', reply: () => 'Hello.' }

describe('[C46] a model that thinks', () => {
  it('shows its thought apart from the reply, sends it back within the epoch, and counts all of it', async () => {
    const longhand = await ready({ script })
    await think(longhand, true)
    expect(await longhand.say('I have a dog.')).toBe('Hello.')
    const first = last(longhand)
    expect(first?.thought).toMatchObject({ text: 'A dog, I see.\n', end: '</think>\n\n' })
    const { actual } = await lastManifest(longhand)
    expect(first?.thought?.tokens).toBeGreaterThan(4)
    expect(first?.thought?.tokens).toBeLessThan(actual?.outputTokens ?? 0)
    expect(await lastManifest(longhand)).toMatchObject({ thinking: true })
    const before = await sent(longhand)
    await longhand.say('And a cat.')
    const after = await lastManifest(longhand)
    expect(after.epoch.turn).toBe(2)
    expect(await sent(longhand)).toContain(`${before}A dog, I see.\n</think>\n\nHello.<|im_end|>`)
    // All that was read and written is reused: the thought was not cut out of the cache.
    expect(after.actual?.cachedInputTokens).toBe(after.predicted.cachedInputTokens)
    expect(after.actual?.cachedInputTokens).toBeGreaterThan((actual?.inputTokens ?? 0) + (first?.thought?.tokens ?? 0))
  })

  it('lays a new head without thoughts when thinking is switched off, and says why', async () => {
    const longhand = await ready({ script })
    await think(longhand, true)
    await longhand.say('I have a dog.')
    await think(longhand, false)
    await longhand.say('And a cat.')
    const manifest = await lastManifest(longhand)
    expect(manifest.epoch).toMatchObject({ turn: 1, reason: 'settings-changed' })
    expect(manifest.thinking).toBeUndefined()
    expect(await sent(longhand)).not.toContain('A dog')
    expect(last(longhand)?.thought).toBeUndefined()
  })

  it('keeps thoughts out of search, memory and exported text', async () => {
    const longhand = await ready({ script: { ...script, thought: 'Zanzibar, my name is Xavier.' } })
    await think(longhand, true)
    await longhand.say('I have a dog.')
    expect(await longhand.actions.search('Zanzibar')).toEqual([])
    expect(
      longhand
        .state()
        .memories.map(({ text }) => text)
        .join(),
    ).not.toContain('Xavier')
    const { conversation, messages } = longhand.state().open ?? {}
    if (!conversation || !messages) throw new Error('nothing is open')
    expect(conversationMarkdown(conversation, messages)).not.toContain('Zanzibar')
  })

  it('a reply cut within its thought is gone on with there, and is left out where it is not', async () => {
    const longhand = await ready({
      script: { ...script, thought: 'One two three four five six seven eight nine ten. '.repeat(4) },
    })
    await longhand.actions.updateSettings({ sampling: { scripted: { thinking: true, maxOutputTokens: 20 } } })
    expect(await longhand.say('I have a dog.')).toBe('')
    const cut = last(longhand)
    expect(cut?.thought).toMatchObject({ end: '', tokens: 20 })
    const more = await goOn(longhand)
    expect(more?.text).toBe('')
    expect(more?.thought).toMatchObject({ end: '', tokens: 40 })
    expect(more?.thought?.text.startsWith(cut?.thought?.text ?? '?')).toBe(true)
    await longhand.actions.updateSettings({ sampling: { scripted: { thinking: true, maxOutputTokens: 300 } } })
    const whole = await goOn(longhand)
    expect(whole?.text).toBe('Hello.')
    expect(whole?.thought?.end).toBe('</think>\n\n')
    expect((await lastManifest(longhand)).predicted.inputTokens).toBe((await lastManifest(longhand)).actual?.inputTokens)
  })

  it('asks beside the chat without thinking', async () => {
    const prompts: string[] = []
    const longhand = await ready({
      script: {
        reply(prompt) {
          prompts.push(prompt.at(-1)?.text ?? '')
          return 'Hello.'
        },
      },
      writesMemory: true,
    })
    await think(longhand, true)
    await longhand.say('I have a dog.')
    expect(prompts.filter((text) => text.includes('<think>')).length).toBe(1)
  })

  it('a rerun compares the words of the reply alone', async () => {
    const longhand = await ready({ script })
    await think(longhand, true)
    await longhand.say('I have a dog.')
    const again = await longhand.actions.rerun(await lastManifest(longhand), { signal: new AbortController().signal })
    expect(again).toMatchObject({ type: 'done', text: 'Hello.' })
  })
})
