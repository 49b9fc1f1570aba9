import { describe, expect, it } from 'vitest'
import { candidateOf, firstPrompt, pathOf } from '#context/testing/first-prompt.ts'
import { countWords, memoryOf, messageAt } from '#context/testing/worlds.ts'
import { assemble } from './assemble.ts'
import type { AssembleInput } from './assemble-input.ts'
import { bringIn } from './bring-in.ts'
import { decideEpoch } from './decide-epoch.ts'
import { describeHistory, historyRatio } from './history.ts'
import type { Manifest } from './manifest.ts'

const rounds = (count: number) =>
  pathOf(...Array.from({ length: count * 2 }, (_, index) => `${index} ${'word '.repeat(30)}`), 'And now?')
const summaryOver = (messages: number) =>
  memoryOf(9, 'They planned a garden wall.', {
    kind: 'summary',
    covers: { conversationId: 'conv:here', from: 'msg:0', upTo: `msg:${messages - 1}`, messageCount: messages },
  })
const told = Array.from({ length: 60 }, (_, index) => candidateOf(`told-${index}`, 0.9 - index / 1000))
const inputOf = (count: number, change: Partial<AssembleInput> = {}) =>
  firstPrompt({
    path: rounds(count),
    windowTokens: 512,
    candidates: told,
    bySize: { recallAbove: 5 },
    ...(count > 4 ? { summary: summaryOver(count * 2 - 6) } : {}),
    ...change,
  })
const made = (count: number, change: Partial<AssembleInput> = {}) => assemble(inputOf(count, change), countWords)
const section = (manifest: Manifest, name: string) => manifest.sections.find((one) => one.name === name)
const ratio = ({ history }: Manifest) => (history ? historyRatio(history) : Number.NaN)

describe('[C64] the size of the history', () => {
  it('is told in tokens, with the room that there was for it: at most once that room exactly where all of it is sent', () => {
    for (let count = 0; count < 40; count++) {
      const manifest = made(count)
      expect(manifest.history?.band === 'all', `${count} rounds`).toBe(manifest.mode === 'everything-fits')
      expect(ratio(manifest) <= 1, `${count} rounds`).toBe(manifest.mode === 'everything-fits')
      if (manifest.mode === 'everything-fits') expect(manifest.history?.tokens).toBe(section(manifest, 'turns')?.tokens)
    }
  })

  it('grows within an epoch and over its end by what was said, without the branch being counted again', () => {
    let path = rounds(3)
    let previous: AssembleInput['previous']
    const epochs = new Set<string>()
    for (let turn = 0; turn < 12; turn++) {
      const about = { ...inputOf(3, { path }), ...(previous && { previous }), epochId: `epoch:${turn}` as const }
      const counted: string[] = []
      const count = (text: string) => {
        counted.push(text)
        return countWords(text)
      }
      const manifest = assemble({ ...about, replyId: `msg:${path.length}`, decision: decideEpoch(about, countWords) }, count)
      const { previous: _none, ...anew } = about
      const whole = assemble({ ...anew, decision: { type: 'new', reason: 'first-turn' } }, countWords)
      expect(manifest.history?.tokens).toBe(whole.history?.tokens)
      epochs.add(manifest.epoch.id)
      const reply = messageAt(path.length, 'assistant', `${turn} ${'answer '.repeat(20)}`)
      previous = { manifest, reply }
      path = [...path, reply, messageAt(path.length + 1, 'user', `${turn} ${'question '.repeat(20)}`)]
    }
    expect(epochs.size).toBeGreaterThan(1)
  })

  it('of what was not read is told by its length, and said to be about that', () => {
    const manifest = made(4, { pathComplete: false, bySize: { recallAbove: 5, earlierTokens: 10_000 } })
    expect(manifest.history).toMatchObject({ estimated: true, band: 'recall' })
    expect(manifest.history?.tokens).toBeGreaterThan(10_000)
    expect(manifest.history && describeHistory(manifest.history)).toMatch(/^The history is about \d+\.\d times its room/)
  })

  it('is not told where nothing is decided by it', () => {
    const { bySize: _none, ...input } = inputOf(12)
    expect(assemble(input, countWords).history).toBeUndefined()
  })
})

describe('[C65] what stands for the history', () => {
  it('ConvoMem (#45): all of it, then a summary and recall, then recall alone with the room of both', () => {
    const bands = Array.from({ length: 60 }, (_, count) => made(count).history?.band)
    const order = ['all', 'hybrid', 'recall']
    expect([...new Set(bands)]).toEqual(order)
    expect(bands.map((band) => order.indexOf(band ?? ''))).toEqual([...bands.map((band) => order.indexOf(band ?? ''))].sort())
    const [hybrid, recall] = [made(8), made(59)]
    expect(section(hybrid, 'summary')?.items).toHaveLength(1)
    expect(section(recall, 'summary')?.items ?? []).toEqual([])
    expect(recall.dropped.find((item) => item.section === 'summary')?.reason).toEqual({ type: 'by-size', ratio: ratio(recall) })
    expect(section(recall, 'recalled')?.tokens).toBeGreaterThan(section(hybrid, 'recalled')?.tokens ?? 0)
    expect(recall.history && describeHistory(recall.history)).toContain('recall alone stands for it')
  })

  it.each([
    ['memory is off', { memoryOn: false }],
    ['the user gave the summary room', { wishes: { hidden: [], pinned: [], weights: {}, budgets: { summary: 100 } } }],
    ['the user gave the turns less room', { wishes: { hidden: [], pinned: [], weights: {}, budgets: { turns: 100 } } }],
    ['the knob is turned up', { bySize: { recallAbove: 50 } }],
  ] as const)('is a summary however long it is, where %s', (_, change) => {
    const manifest = made(59, change)
    expect(manifest.history?.band).toBe('hybrid')
    expect(section(manifest, 'summary')?.items).toHaveLength(1)
  })

  it('what recall alone leaves out can be had: by room for it, or by a pin', () => {
    const input = inputOf(59)
    const manifest = assemble(input, countWords)
    const left = manifest.dropped.find((item) => item.section === 'summary')
    const remedies = left ? bringIn(input, manifest, left, countWords) : []
    expect(remedies.map(({ changes }) => changes[0]?.type)).toEqual(['budget', 'pin'])
  })

  it('a pause lays no new head for a summary that would not stand in it', () => {
    const roomy = { windowTokens: 2048, bySize: { recallAbove: 2 } }
    const manifest = made(59, roomy)
    expect(manifest.history?.band).toBe('recall')
    const reply = { ...messageAt(500, 'assistant', 'Noted.'), id: 'msg:reply' as const }
    const path = [...rounds(59), reply, messageAt(501, 'user', 'And later?')]
    const after = inputOf(59, { ...roomy, path, previous: { manifest, reply }, createdAt: reply.createdAt + 3_600_000 })
    expect(decideEpoch(after, countWords)).toEqual({ type: 'continue' })
    const next = assemble({ ...after, decision: { type: 'continue' } }, countWords)
    expect(next.epoch.turn).toBe(2)
    expect(next.dropped.find((item) => item.section === 'summary')?.reason.type).toBe('by-size')
  })
})
