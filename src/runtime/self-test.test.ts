import { expect, it } from 'vitest'
import { startTestLonghand } from './longhand.fixture.ts'

const load = async (passed: boolean) => {
  const longhand = await startTestLonghand({ script: { selfTest: { passed, wanted: '9', wrote: passed ? ' 9' : ' !!!' } } })
  await longhand.actions.loadModel('scripted')
  return longhand.state()
}

it('[E17] a model that fails its test is usable, and the user is told in words what that means', async () => {
  const { engine, notices } = await load(false)
  expect(engine.type).toBe('ready')
  expect(notices.at(-1)).toMatchObject({ tone: 'bad', text: expect.stringContaining('likely gibberish') })
  expect(notices.at(-1)?.detail).toContain('" !!!"')
})

it('[E17] nothing is said of a test that passed', async () => {
  expect((await load(true)).notices).toEqual([])
})
