import { expect, it } from 'vitest'
import { scriptedModel } from '#engine/scripted/scripted-model.ts'
import { startTestLonghand } from './longhand.fixture.ts'

it('of two lists of models that are made at once the one asked for last holds, though the first is ready later', async () => {
  let slow: Promise<void> = Promise.resolve()
  const longhand = await startTestLonghand({
    more: [{ ...scriptedModel, id: 'another' }],
    async fileStates(builds) {
      const waited = slow
      slow = Promise.resolve()
      await waited
      return builds.map(() => ({ onDisk: 'no', bytes: 0 }))
    },
  })
  let letGo: () => void = () => {}
  slow = new Promise((resolve) => {
    letGo = resolve
  })
  const first = longhand.actions.refreshModels()
  await longhand.actions.openCatalogue()
  letGo()
  await first
  expect(longhand.state().models.map(({ model }) => model.id)).toEqual(['scripted', 'another'])
})
