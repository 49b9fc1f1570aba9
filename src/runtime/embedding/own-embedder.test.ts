import { describe, expect, it } from 'vitest'
import { miniLm } from '#engine/catalogue/embedder.ts'
import type { EmbedderModel } from '#ports/embedder.ts'
import { EngineError } from '#ports/engine.ts'
import type { OwnModels } from '#ports/own-models.ts'
import { ready, type TestLonghand } from '#runtime/longhand.fixture.ts'

const own: EmbedderModel = { ...miniLm, id: 'file:1', name: 'Mine', dimensions: 24, own: { packed: false } }

/** Files of the user's own in memory; `refuse` is what taking one in fails with. */
function files(refuse?: EngineError): OwnModels {
  let kept: readonly EmbedderModel[] = []
  return {
    list: async () => [],
    listEmbedders: async () => kept,
    takeIn: () => Promise.reject(new Error('Not part of this test.')),
    async takeInEmbedder(_file, onProgress) {
      onProgress({ type: 'copying', doneBytes: 1, totalBytes: 2 })
      if (refuse) throw refuse
      kept = [own]
      return own
    },
    async remove() {
      kept = []
    },
  }
}

const file = new File(['x'], 'mine.gguf')
const caughtUp = (longhand: TestLonghand) => longhand.until(({ embedder }) => embedder.type === 'ready' && !embedder.catchingUp)
const asked = (longhand: TestLonghand) =>
  longhand.state().open?.messages.flatMap(({ role, id }) => (role === 'user' ? [id] : [])) ?? []

async function withNeural(ownModels: OwnModels) {
  const longhand = await ready({ ownModels })
  await longhand.say('The red bicycle stands in the cellar')
  await longhand.actions.updateSettings({ meaning: 'neural' })
  await caughtUp(longhand)
  return longhand
}

describe('[E88] an embedder of the user’s own', () => {
  it('takes the place of the one on offer at once, with vectors of its own dimensions and none of the others', async () => {
    const longhand = await withNeural(files())
    await longhand.actions.takeInEmbedder(file)
    expect(longhand.state()).toMatchObject({ embedderFile: { type: 'taken', modelName: 'Mine' }, settings: { embedder: own.id } })
    await caughtUp(longhand)
    const [vector] = await longhand.storage.vectors.get(own.id, asked(longhand))
    expect(vector?.vector).toHaveLength(24)
    expect(await longhand.storage.vectors.get(miniLm.id, asked(longhand))).toEqual([])
    // A question is asked with it, and compared with nothing of another length.
    longhand.actions.newConversation()
    await longhand.say('Where is the bicycle?')
    const reply = longhand.state().open?.messages.at(-1)
    expect(reply && (await longhand.storage.chat.getManifest(reply.id))?.embedder).toEqual({ id: own.id, state: 'used' })
  })

  it('gives its place back when its file is deleted', async () => {
    const longhand = await withNeural(files())
    await longhand.actions.takeInEmbedder(file)
    await caughtUp(longhand)
    await longhand.actions.deleteEmbedder(own.id)
    expect(longhand.state().embedderModels.map(({ id }) => id)).toEqual([miniLm.id])
    await caughtUp(longhand)
    expect((await longhand.storage.vectors.get(miniLm.id, asked(longhand))).map(({ vector }) => vector.length)).toEqual([384])
  })

  it('is said to be gone where its file is, and nothing takes its place unasked', async () => {
    const longhand = await ready({ ownModels: files() })
    await longhand.actions.updateSettings({ meaning: 'neural', embedder: 'file:gone' })
    const { embedder } = await longhand.until((state) => state.embedder.type === 'error')
    expect(embedder).toMatchObject({ problem: { type: 'engine/own-file-lost' } })
  })

  it('is not taken in where it does not fit, with what is wrong', async () => {
    const longhand = await withNeural(files(new EngineError('unfit-file', 'mine.gguf cannot be used: it has no vocabulary.')))
    await longhand.actions.takeInEmbedder(file)
    expect(longhand.state().embedderFile).toMatchObject({ type: 'failed', problem: { type: 'engine/unfit-file' } })
    expect(longhand.state().settings.embedder).toBeUndefined()
    expect(longhand.state().embedder.type).toBe('ready')
  })
})
