import { describe, expect, it } from 'vitest'
import type { Manifest } from '#context/manifest.ts'
import type { PromptPart } from '#context/template.ts'
import { isOpen } from '#memory/in-force.ts'
import { startTestLonghand, type TestLonghand } from './longhand.fixture.ts'

/** A scripted model that answers chat with a word and side calls by what they ask. */
async function start(profile: string, side: (system: string, user: string) => string | undefined = () => undefined) {
  const reply = (prompt: readonly PromptPart[]) => {
    const [system, user] = prompt.map(({ text }) => text)
    return side(system ?? '', user ?? '') ?? 'Noted.'
  }
  const longhand = await startTestLonghand({ script: { reply }, windowTokens: 1024, writesMemory: true })
  await longhand.actions.loadModel('scripted')
  await longhand.say('Hello there.')
  const id = longhand.state().open?.conversation.id
  if (!id) throw new Error('no conversation')
  await longhand.actions.setProfile(id, profile)
  return longhand
}

async function settled(longhand: TestLonghand): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    const jobs = await longhand.storage.jobs.list()
    if (!jobs.some(({ type }) => type !== 'title')) return
    await new Promise((done) => setTimeout(done, 10))
  }
  throw new Error('the jobs do not end')
}

async function lastManifest(longhand: TestLonghand): Promise<Manifest> {
  const reply = longhand.state().open?.messages.at(-1)
  const manifest = reply && (await longhand.storage.chat.getManifest(reply.id))
  if (!manifest) throw new Error('no manifest')
  return manifest
}

const filler = (turn: number) =>
  `On day ${turn} the harbour master counted ${turn * 7} crates of oranges on ship number ${turn}. ${'It rained. '.repeat(6)}`
const inForceOf = (longhand: TestLonghand, kind: string) =>
  longhand.state().memories.filter((memory) => memory.kind === kind && isOpen(memory))

describe('profiles at work', () => {
  it('Recursive summary (#16): the model is given the memory so far and makes the next one from it', async () => {
    const given: string[] = []
    const longhand = await start('everyday', (system, user) => {
      if (!system.includes('memory of a conversation')) return undefined
      given.push(user)
      return `The user told of ${given.length === 1 ? 'oranges on a ship' : 'crates of oranges that the harbour master counted'}.`
    })
    for (let turn = 1; turn < 22; turn++) {
      await longhand.say(filler(turn))
      await settled(longhand)
    }
    expect(given.length).toBeGreaterThan(1)
    expect(given[1]).toContain('The user told of oranges on a ship.')
    expect(inForceOf(longhand, 'summary').some(({ madeBy }) => madeBy === 'model')).toBe(true)
  })

  it('facts by the model enter with their source where rules read none', async () => {
    const longhand = await start('everyday', (system) =>
      system.includes('notes about a user') ? '2 | harbour | The harbour master counted 7 crates of oranges | -' : undefined,
    )
    for (let turn = 1; turn < 22; turn++) {
      await longhand.say(filler(turn))
      await settled(longhand)
    }
    const written = longhand.state().memories.filter(({ kind, madeBy }) => kind === 'fact' && madeBy === 'model')
    expect(written.length).toBeGreaterThan(0)
    for (const { evidence } of written) expect(evidence.length).toBeGreaterThan(0)
  })

  it('MemGPT (#33): at pressure the model saves to the core by a function, and the next head holds it', async () => {
    const longhand = await start('agent', (system, user) => {
      if (!system.includes('core memory')) return undefined
      return user.includes('(empty)') ? 'append | The harbour master counts crates of oranges' : 'done'
    })
    for (let turn = 1; turn < 22; turn++) {
      await longhand.say(filler(turn))
      await settled(longhand)
    }
    const [core] = inForceOf(longhand, 'slot')
    expect(core).toMatchObject({ text: 'The harbour master counts crates of oranges', madeBy: 'model' })
    const you = (await lastManifest(longhand)).sections.find(({ name }) => name === 'you')
    expect(you?.items.map(({ memoryId }) => memoryId)).toContain(core?.id)
  })

  it('Sinks (#2), the control: no summary, nothing recalled, older turns are simply left out', async () => {
    const longhand = await start('bare')
    await longhand.say('I moved to Lisbon.')
    for (let turn = 1; turn < 22; turn++) {
      await longhand.say(filler(turn))
      await settled(longhand)
    }
    expect(longhand.state().memories).toEqual([])
    const { sections, dropped } = await lastManifest(longhand)
    expect(
      sections
        .filter(({ name }) => name === 'summary' || name === 'recalled' || name === 'you')
        .every(({ items }) => items.length === 0),
    ).toBe(true)
    expect(dropped.some(({ section }) => section === 'turns')).toBe(true)
  })

  it('ConvoMem (#45): what fits is sent as a whole and not recalled; beyond the window it is assembled', async () => {
    const longhand = await start('everyday')
    await longhand.say(filler(1))
    const small = await lastManifest(longhand)
    expect(small.mode).toBe('everything-fits')
    expect(small.sections.find(({ name }) => name === 'recalled')?.items ?? []).toEqual([])
    for (let turn = 2; turn < 22; turn++) {
      await longhand.say(filler(turn))
      await settled(longhand)
    }
    expect((await lastManifest(longhand)).mode).toBe('assembled')
  })

  it('Companion: segments and a portrait are written at the close of an epoch', async () => {
    const longhand = await start('companion')
    await longhand.say('I love hiking in the Alps.')
    for (let turn = 1; turn < 22; turn++) {
      await longhand.say(filler(turn))
      await settled(longhand)
    }
    expect(inForceOf(longhand, 'portrait')[0]?.text).toContain('I love hiking in the Alps.')
  })
})
