import { describe, expect, it } from 'vitest'
import { lastManifest, ready } from './longhand.fixture.ts'

describe('layWhole', () => {
  it('holds all that was said and nothing from memory', async () => {
    const longhand = await ready()
    await longhand.actions.addMemory('Keeps bees.', 'fact', true)
    await longhand.say('Ada lives in Ghent.')
    await longhand.say('Where does she live?')
    const recorded = await lastManifest(longhand)
    expect(recorded.sections.find(({ name }) => name === 'you')?.items.length).toBe(1)
    const whole = await longhand.actions.layWhole(recorded.replyId)
    if (whole?.type !== 'laid') throw new Error(`not laid: ${whole?.type}`)
    const { manifest } = whole
    expect(manifest.userMessageId).toBe(recorded.userMessageId)
    const items = (name: string) => manifest.sections.filter((section) => section.name === name).flatMap((one) => one.items)
    expect(items('turns').map(({ text }) => text)[0]).toBe('Ada lives in Ghent.')
    expect([...items('you'), ...items('summary'), ...items('recalled'), ...manifest.dropped]).toEqual([])
  })

  it('tells when it does not fit', async () => {
    const longhand = await ready({ windowTokens: 512 })
    for (let turn = 0; turn < 12; turn++)
      await longhand.say(`Turn ${turn}: the harbour master counted the crates on the quay again.`)
    const whole = await longhand.actions.layWhole((await lastManifest(longhand)).replyId)
    expect(whole).toMatchObject({ type: 'too-long', windowTokens: 512 })
    expect(whole?.type === 'too-long' && whole.tokens).toBeGreaterThan(400)
  })
})
