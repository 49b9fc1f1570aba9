import { describe, expect, it } from 'vitest'
import { scriptedModel } from '#engine/scripted/scripted-model.ts'
import { EngineError } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import type { OwnModels } from '#ports/own-models.ts'
import { ready, startTestLonghand } from './longhand.fixture.ts'

const own: Model = { ...scriptedModel, id: 'file:1', name: 'Mine', source: 'file' }

/** Files of the user's own in memory; each is taken in when `gate` opens. */
function files({ gate = Promise.resolve(), refuse }: { readonly gate?: Promise<void>; readonly refuse?: EngineError } = {}) {
  let kept: readonly Model[] = []
  const models: OwnModels = {
    list: async () => kept,
    listEmbedders: async () => [],
    takeInEmbedder: () => Promise.reject(new Error('Not part of this test.')),
    async takeIn(_file, onProgress, signal) {
      onProgress({ type: 'copying', doneBytes: 1, totalBytes: 2 })
      await Promise.race([gate, new Promise((resolve) => signal.addEventListener('abort', resolve))])
      if (signal.aborted) throw new EngineError('aborted', 'Cancelled.')
      if (refuse) throw refuse
      kept = [own]
      return own
    },
    async remove() {
      kept = []
    },
  }
  return models
}
const file = new File(['x'], 'mine.gguf')

describe('[E72] a model file of the user’s own', () => {
  it('is a model of the list once it is here, can be loaded and deleted, and is found again at the next start', async () => {
    const ownModels = files()
    const longhand = await startTestLonghand({ ownModels })
    await longhand.actions.takeInFile(file)
    expect(longhand.state().ownFile).toEqual({ type: 'taken', name: 'mine.gguf', modelId: own.id, modelName: 'Mine' })
    expect(longhand.state().models.map(({ model }) => model.id)).toContain(own.id)
    await longhand.actions.loadModel(own.id)
    expect(longhand.state().engine).toMatchObject({ type: 'ready', model: { id: own.id } })
    const next = await startTestLonghand({ ownModels, storage: longhand.storage })
    await next.until(({ engine }) => engine.type === 'ready' && engine.model.id === own.id)
    await next.actions.unloadModel()
    await next.actions.deleteModelFiles(own.id)
    expect(next.state().models.map(({ model }) => model.id)).not.toContain(own.id)
  })

  it('says how far it is and can be cancelled, and a second one waits for nobody', async () => {
    const longhand = await startTestLonghand({ ownModels: files({ gate: new Promise(() => {}) }) })
    const taking = longhand.actions.takeInFile(file)
    await longhand.until(({ ownFile }) => ownFile.type === 'copying')
    await longhand.actions.takeInFile(new File(['y'], 'other.gguf'))
    expect(longhand.state().ownFile).toEqual({ type: 'copying', name: 'mine.gguf', doneBytes: 1, totalBytes: 2 })
    longhand.actions.cancelTakeIn()
    await taking
    expect(longhand.state().ownFile).toEqual({ type: 'idle' })
  })

  it('[E71] says what is wrong with a file that was refused, until that is put away', async () => {
    const longhand = await startTestLonghand({ ownModels: files({ refuse: new EngineError('unfit-file', 'It is a zip.') }) })
    await longhand.actions.takeInFile(file)
    expect(longhand.state().ownFile).toMatchObject({
      type: 'failed',
      problem: { type: 'engine/unfit-file', advice: 'It is a zip. Nothing was stored.' },
    })
    longhand.actions.closeTakeIn()
    expect(longhand.state().ownFile).toEqual({ type: 'idle' })
  })
})

it('[E74] calls counts estimates where the engine counts otherwise than the page', async () => {
  const exact = await ready()
  exact.actions.setDraft('How many?')
  expect((await exact.until(({ preview }) => preview !== undefined && !preview.estimated)).preview?.estimated).toBe(false)
  const differing = await ready({ script: { countsDiffer: true } })
  differing.actions.setDraft('How many?')
  await differing.until(
    ({ preview }) => preview?.manifest.sections.some(({ items }) => items.some(({ text }) => text === 'How many?')) === true,
  )
  expect(differing.state().preview?.estimated).toBe(true)
})
