import { describe, expect, it } from 'vitest'
import { miniLm } from '#engine/catalogue/embedder.ts'
import { EngineError } from '#ports/engine.ts'
import { lastManifest, ready, startTestLonghand, type TestLonghand } from '#runtime/longhand.fixture.ts'

/** Two words that the scripted embedder takes for one; no rule or stem of ours does. */
const sameAs = { allergic: 'satay' }

const caughtUp = (longhand: TestLonghand) => longhand.until(({ embedder }) => embedder.type === 'ready' && !embedder.catchingUp)
const partsOf = async (longhand: TestLonghand) => {
  const manifest = await lastManifest(longhand)
  const recalled = manifest.sections.find(({ name }) => name === 'recalled')?.items ?? []
  return [...recalled, ...manifest.dropped].flatMap(({ score }) => score?.parts ?? []).filter(({ name }) => name === 'likeness')
}

async function withHistory(longhand: TestLonghand): Promise<void> {
  await longhand.say('I am allergic to peanuts')
  await longhand.say('The red bicycle stands in the cellar of my house')
  longhand.actions.newConversation()
}

describe('the neural embedder', () => {
  it('is not there and leaves no trace while nobody asked for it', async () => {
    const longhand = await ready()
    await withHistory(longhand)
    await longhand.say('Where does the bicycle stand?')
    expect(longhand.state().embedder).toEqual({ type: 'off' })
    expect(await lastManifest(longhand)).not.toHaveProperty('embedder')
    expect(await partsOf(longhand)).toEqual([])
  })

  it('reads what the user said once it is wanted, keeps the vectors, and takes part in the score', async () => {
    const longhand = await ready({ embedder: { sameAs } })
    await withHistory(longhand)
    await longhand.actions.updateSettings({ meaning: 'neural' })
    expect(await caughtUp(longhand)).toMatchObject({ embedder: { type: 'ready', messages: 2 } })
    await longhand.say('Does satay go with a bicycle?')
    const manifest = await lastManifest(longhand)
    expect(manifest.embedder).toEqual({ id: miniLm.id, state: 'used' })
    const values = (await partsOf(longhand)).map(({ value }) => value)
    expect(Math.max(...values)).toBeGreaterThan(0)
    await caughtUp(longhand)
    const asked = longhand.state().open?.messages.flatMap(({ role, id }) => (role === 'user' ? [id] : [])) ?? []
    expect(asked).toHaveLength(1)
    const stored = await longhand.storage.vectors.get(miniLm.id, asked)
    expect(stored.map(({ id }) => id)).toEqual(asked)
    await longhand.actions.updateSettings({ meaning: 'small' })
    longhand.state().notices.at(-1)?.action?.run()
    await expect.poll(() => longhand.storage.vectors.get(miniLm.id, asked)).toEqual([])
  })

  it('says in the receipt that the vector came too late, and memory is asked without it', async () => {
    const longhand = await ready({ embedder: { embedMs: 400 } })
    await withHistory(longhand)
    await longhand.actions.updateSettings({ meaning: 'neural' })
    await caughtUp(longhand)
    await longhand.say('Where does the bicycle stand?')
    expect((await lastManifest(longhand)).embedder).toEqual({ id: miniLm.id, state: 'late' })
    expect(await partsOf(longhand)).toEqual([])
  })

  it('says what went wrong, and loads again when asked', async () => {
    const loadFails = new EngineError('file-missing', '/models/x.gguf is not on the server.')
    const longhand = await ready({ embedder: { loadFails } })
    await longhand.actions.updateSettings({ meaning: 'neural' })
    const { embedder } = await longhand.until((state) => state.embedder.type === 'error')
    expect(embedder).toMatchObject({ problem: { type: 'engine/file-missing' } })
    await longhand.actions.updateSettings({ meaning: 'small' })
    expect(longhand.state().embedder).toEqual({ type: 'off' })
  })

  it('can be cancelled while it loads, and closes when it is not wanted any more', async () => {
    const longhand = await startTestLonghand({ embedder: { loadMs: 60_000 } })
    await longhand.actions.updateSettings({ meaning: 'neural' })
    await longhand.until(({ embedder }) => embedder.type === 'loading' && embedder.progress !== undefined)
    longhand.actions.cancelEmbedder()
    await longhand.until(({ embedder }) => embedder.type === 'cancelled')
    longhand.actions.retryEmbedder()
    await longhand.until(({ embedder }) => embedder.type === 'loading')
    await longhand.actions.updateSettings({ meaning: 'small' })
    expect(longhand.state().embedder).toEqual({ type: 'off' })
  })
})
