import { describe, expect, it } from 'vitest'
import type { Message } from '#chat/message.ts'
import type { Manifest } from '#context/manifest.ts'
import type { PromptPart } from '#context/template.ts'
import { noCalls } from '#memory/ask.ts'
import { isOpen } from '#memory/in-force.ts'
import { ownMixId } from '#strategies/own-mix.ts'
import { startTestLonghand, type TestLonghand } from './longhand.fixture.ts'

/** A scripted model that answers chat with a word and side calls by what they ask. */
async function start(
  profile: string,
  side: (system: string, user: string) => string | undefined = () => undefined,
  writesMemory = true,
) {
  const reply = (prompt: readonly PromptPart[]) => {
    const [system, user] = prompt.map(({ text }) => text)
    return side(system ?? '', user ?? '') ?? 'Noted.'
  }
  const longhand = await startTestLonghand({ script: { reply }, windowTokens: 1024, writesMemory })
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

  it('[M5] what the window cannot hold beside the question is not given to the model in part: extraction makes the version', async () => {
    const given: string[] = []
    const longhand = await start('everyday', (system, user) => {
      if (system.includes('memory of a conversation')) given.push(user)
      return 'unchanged'
    })
    const said = [`I live in Lisbon. ${filler(1).repeat(24)}`, ...Array.from({ length: 11 }, (_, index) => filler(index + 2))]
    const messages = said.map((text, index): Message => {
      const parent = index > 0 ? { parentId: `msg:long-${index - 1}` as const } : {}
      const role = index % 2 === 0 ? 'user' : 'assistant'
      return { id: `msg:long-${index}`, conversationId: 'conv:long', role, text, createdAt: index, status: 'complete', ...parent }
    })
    const about = { title: 'Long', titledBy: 'user', createdAt: 0, updatedAt: 0, pinned: false, memory: true } as const
    const conversation = { id: 'conv:long', ...about, headId: 'msg:long-11', messageCount: messages.length } as const
    await longhand.storage.chat.importConversations([{ conversation, messages }])
    await longhand.actions.openConversation('conv:long')
    await longhand.actions.summarizeNow()
    await settled(longhand)
    expect(given.filter((user) => user.includes('User: I live in Lisbon'))).toEqual([])
    expect(given.length).toBeGreaterThan(0)
    const versions = longhand.state().memories.filter(({ kind, level }) => kind === 'summary' && level === 0)
    expect(versions.map(({ madeBy, covers }) => [madeBy, covers?.messageCount])).toEqual([
      ['extracted', 2],
      ['model', 6],
    ])
  })

  it('facts by the model enter with their source where rules read none', async () => {
    const longhand = await start('everyday', (system) =>
      system.includes('notes about a user') ? 'The harbour master counted 7 crates of oranges' : undefined,
    )
    for (let turn = 1; turn < 22; turn++) {
      await longhand.say(filler(turn))
      await settled(longhand)
    }
    const written = longhand.state().memories.filter(({ kind, madeBy }) => kind === 'fact' && madeBy === 'model')
    expect(written.length).toBeGreaterThan(0)
    const { asked, parsed, dropped, why } = (await longhand.actions.readCalls())?.facts ?? noCalls
    expect(parsed).toBe(asked)
    expect(dropped).toBe(Object.values(why ?? {}).reduce((sum, count) => sum + count, 0))
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

  it('MemGPT (#33): before a reply the model searches in its own words, and the receipt says what that found', async () => {
    let asked = 0
    const longhand = await start('everyday', (system, user) => {
      if (!system.includes('must be searched')) return undefined
      asked++
      return user.includes('Who owns it?') && !user.includes('painted') ? 'search | lighthouse painted' : 'done'
    })
    await longhand.say('My aunt Odile painted the lighthouse green.')
    longhand.actions.newConversation()
    await longhand.say('Hello again.')
    expect(asked).toBe(0)
    const id = longhand.state().open?.conversation.id
    if (!id) throw new Error('no conversation')
    await longhand.actions.setProfile(id, 'agent')
    await longhand.say('Who owns it?')
    expect(asked).toBe(2)
    const { sections } = await lastManifest(longhand)
    const found = sections.find(({ name }) => name === 'recalled')?.items.find(({ text }) => text.includes('Odile'))
    expect(found?.score?.parts.map(({ name }) => name)).toContain('searched')
    expect(found?.score?.total).toBeCloseTo(found?.score?.parts.reduce((sum, part) => sum + part.contribution, 0) ?? 0, 9)
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

  it('[C65] ConvoMem (#45): what fits is sent as a whole; beyond it a summary and recall stand, and far beyond recall alone', async () => {
    const strategies = ['convo-mem', 'recursive-summary']
    const sooner = ownMixId({ strategies, knobs: { 'convo-mem.recallAbove': 2 } })
    const longhand = await start(sooner, () => undefined, false)
    await longhand.say(filler(1))
    const small = await lastManifest(longhand)
    expect(small.mode).toBe('everything-fits')
    expect(small.sections.find(({ name }) => name === 'recalled')?.items ?? []).toEqual([])
    const bands = [small.history?.band]
    for (let turn = 2; turn < 32 && bands.at(-1) !== 'recall'; turn++) {
      await longhand.say(filler(turn))
      await settled(longhand)
      const { mode, history, sections } = await lastManifest(longhand)
      expect(mode === 'everything-fits').toBe(history?.band === 'all')
      const summaries = sections.find(({ name }) => name === 'summary')?.items.length ?? 0
      if (history?.band !== 'hybrid') expect(summaries).toBe(0)
      bands.push(history?.band)
    }
    expect([...new Set(bands)]).toEqual(['all', 'hybrid', 'recall'])
    expect(inForceOf(longhand, 'summary'), 'it is still written').not.toEqual([])
  })

  /** Two things are told; a question in another conversation could need either. */
  const tea = async (mayWrite: boolean, answer: string) => {
    const asked: string[] = []
    const side = (system: string, user: string) => {
      if (!system.includes('choose what is needed')) return undefined
      asked.push(user)
      return answer
    }
    const longhand = await start('project', side, mayWrite)
    await longhand.say('I bought green tea in Osaka yesterday.')
    await settled(longhand)
    await longhand.say('I visited a farm near Kyoto last week.')
    await settled(longhand)
    await longhand.actions.newConversation()
    await longhand.say('Hello again.')
    const id = longhand.state().open?.conversation.id
    if (!id) throw new Error('no conversation')
    await longhand.actions.setProfile(id, 'project')
    await longhand.say('Was that green tea from the farm?')
    const { sections, predicted } = await lastManifest(longhand)
    const recalled = sections.find(({ name }) => name === 'recalled')?.items ?? []
    const chosen = recalled.filter(({ memoryId }) => memoryId).map(({ text }) => text)
    return { asked, chosen, predicted, calls: await longhand.actions.readCalls() }
  }

  it('[M26] Scratchpad with a filter (#54): the model chooses before the reply, once, and what it was asked is counted', async () => {
    const { asked, chosen, predicted, calls } = await tea(true, '2')
    expect(asked).toHaveLength(1)
    const options = /2\. (.*)/.exec(asked[0] ?? '')?.[1] ?? ''
    expect(options).toContain('farm')
    expect(chosen).toEqual([options])
    expect(predicted.cachedInputTokens).toBe(0)
    expect(calls?.choose).toEqual({ asked: 1, parsed: 1, lines: 1, dropped: 0 })
  })

  it('[M26] what cannot be read means none; where the model may not write memory, rules choose', async () => {
    const unread = await tea(true, 'I would take the first one.')
    expect(unread.chosen).toEqual([])
    expect(unread.calls?.choose).toEqual({ asked: 1, parsed: 0, lines: 1, dropped: 1 })
    const small = await tea(false, '0')
    expect(small.asked).toEqual([])
    expect(small.chosen.some((text) => text.includes('green tea'))).toBe(true)
    expect(small.calls).toEqual({})
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
