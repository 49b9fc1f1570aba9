import { describe, expect, it } from 'vitest'
import { promptWithout, removableItems } from '#context/rerun/prompt-without.ts'
import { lastManifest, ready, startTestLonghand } from './longhand.fixture.ts'

const quiet = () => ({ signal: new AbortController().signal })

describe('rerun', () => {
  it('gives the recorded reply again, stores nothing, and streams', async () => {
    const longhand = await ready()
    const reply = await longhand.say('Ada keeps bees in Ghent.')
    const manifest = await lastManifest(longhand)
    const before = longhand.state().open?.messages.length
    const seen: string[] = []
    const again = await longhand.actions.rerun(manifest, { ...quiet(), onText: (text) => seen.push(text) })
    expect(again).toMatchObject({ type: 'done', text: reply, modelId: manifest.model.id, engine: manifest.model.engine })
    expect(again.type === 'done' && again.usage.inputTokens).toBe(manifest.actual?.inputTokens)
    expect(seen.at(-1)).toBe(reply)
    expect(longhand.state().open?.messages.length).toBe(before)
    // The chat goes on from its cache.
    await longhand.say('And now?')
    const next = await lastManifest(longhand)
    expect(next.actual?.inputTokens).toBe(next.predicted.inputTokens)
    expect(next.predicted.cachedInputTokens).toBeGreaterThan(manifest.predicted.inputTokens)
    expect(next.actual?.cachedInputTokens).toBeGreaterThanOrEqual(next.predicted.cachedInputTokens)
  })

  it('[E30] counts on no cache where the engine says that it took its place', async () => {
    const longhand = await ready({ script: { reuse: 'one' } })
    await longhand.say('Ada keeps bees in Ghent.')
    await longhand.actions.rerun(await lastManifest(longhand), quiet())
    await longhand.say('And now?')
    const next = await lastManifest(longhand)
    expect(next.epoch.turn).toBe(2)
    expect(next.predicted.cachedInputTokens).toBe(0)
  })

  it('answers without an item as if it had never been said', async () => {
    const longhand = await ready()
    await longhand.say('Ada keeps bees in Ghent.')
    await longhand.say('What did I say?')
    const manifest = await lastManifest(longhand)
    const told = removableItems(manifest).filter(({ section }) => section === 'turns')
    const prompt = promptWithout(manifest, new Set(told.map(({ ref }) => ref)))
    const again = await longhand.actions.rerun({ ...manifest, prompt }, quiet())
    expect(again.type === 'done' && again.text).toContain('It is number 1 of those that stand in the window.')
  })

  it('says when it was stopped, when a turn came first, and when no model is loaded', async () => {
    const longhand = await ready({
      script: { fault: (generation) => (generation === 2 ? { type: 'stall', atToken: 2 } : undefined) },
    })
    await longhand.say('Hello.')
    const manifest = await lastManifest(longhand)
    const stop = new AbortController()
    const stalled = longhand.actions.rerun(manifest, { signal: stop.signal, onText: () => stop.abort() })
    expect((await stalled).type).toBe('stopped')

    const other = await ready({
      script: { fault: (generation) => (generation === 2 ? { type: 'stall', atToken: 2 } : undefined) },
    })
    await other.say('Hello.')
    const waiting = other.actions.rerun(await lastManifest(other), quiet())
    await other.say('I am first.')
    expect((await waiting).type).toBe('interrupted')

    const none = await startTestLonghand()
    const failed = await none.actions.rerun(manifest, quiet())
    expect(failed).toMatchObject({ type: 'failed', problem: { type: 'engine/not-loaded' } })
  })
})
