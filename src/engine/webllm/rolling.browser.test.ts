import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rolledOut } from '#context/rolling-window.ts'
import { rollingStep } from './rolling-step.ts'
import { testRolling } from './test-rolling.ts'
import { chatPrompt, greedy, TinySession } from './testing/load-tiny.ts'

const rolling = { keptTokens: 192, sinkTokens: 4 }
const instructions = 'Be kind, be short, and never lie to the one who asks.'
const box = (number: number) => `Box ${number} holds ${(number * 37) % 91} red pens and ${(number * 53) % 67} blue cups. `
const boxes = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => box(from + at)).join('')

describe('a rolling window, tiny model', () => {
  let plain: TinySession
  let rolls: TinySession
  beforeAll(async () => {
    plain = await TinySession.load(1024)
    rolls = await TinySession.load(1024, undefined, rolling)
  }, 300_000)
  afterAll(async () => {
    await plain.pipeline.unload()
    await rolls.pipeline.unload()
  })

  /** What is expected after a text read in steps of at most so many tokens. */
  async function expected(ids: readonly number[], most: number): Promise<readonly number[]> {
    const { truncate, read, values } = rolls.pipeline
    for (let filled = truncate(0); ; ) {
      const step = rollingStep(rolling, filled, Math.min(most, ids.length - filled))
      const logits = await read(ids.slice(filled, filled + step))
      filled += step
      if (filled === ids.length) return Array.from(await values(logits))
      logits.dispose()
    }
  }
  const furthest = (one: readonly number[], other: readonly number[]) =>
    Math.max(...one.map((value, at) => Math.abs(value - (other[at] ?? Number.NaN))))

  it('[E95] what fits it is read and answered as in a plain window', async () => {
    for (const question of ['Who are you?', 'Why is the sky blue, and at dusk?']) {
      plain.reset()
      rolls.reset()
      const request = greedy(chatPrompt('Be kind.', [question]), 24)
      const reply = await rolls.reply(request)
      expect(reply.end.inputTokens + reply.end.outputTokens).toBeLessThan(rolling.keptTokens)
      expect(reply.text).toBe((await plain.reply(request)).text)
    }
  })

  it('[E95] what a token sees does not depend on how the text is cut', async () => {
    const ids = rolls.pipeline.encode(boxes(1, 12))
    expect(rolledOut(rolling, ids.length)?.tokens).toBeGreaterThan(100)
    const whole = await expected(ids, 512)
    for (const most of [1, 7, 32]) expect(furthest(await expected(ids, most), whole)).toBeLessThan(0.02)
  })

  it('[E95] [E97] a prompt longer than the cache is answered, and gone on from as after a fresh read of the same', async () => {
    rolls.reset()
    const texts = [boxes(1, 10)]
    const first = await rolls.reply(greedy(chatPrompt(instructions, texts), 16), undefined, 'a')
    expect(first.end.inputTokens).toBeGreaterThan(rolling.keptTokens)
    expect(first.end.outputTokens).toBeGreaterThan(0)
    texts.push(first.text, `And this? ${boxes(20, 23)}`)
    const request = greedy(chatPrompt(instructions, texts), 16)
    const next = await rolls.reply(request, undefined, 'a')
    expect(next.end.cachedInputTokens).toBeGreaterThanOrEqual(first.end.inputTokens + first.end.outputTokens - 1)
    rolls.reset()
    const fresh = await rolls.reply(request)
    expect(fresh.end.cachedInputTokens).toBe(0)
    expect(next.text).toBe(fresh.text)
  })

  it('[E97] an edit, another chat or the same prompt again is read anew, and it is said', async () => {
    rolls.reset()
    const request = greedy(chatPrompt(instructions, [boxes(1, 8)]), 8)
    const first = await rolls.reply(request, undefined, 'a')
    const again = await rolls.reply(request, undefined, 'a')
    expect(again.text).toBe(first.text)
    expect(again.end).toMatchObject({ cachedInputTokens: 0, unusedCache: 'appended' })
    const edited = await rolls.reply(greedy(chatPrompt(instructions, [boxes(1, 7)]), 8), undefined, 'a')
    expect(edited.end).toMatchObject({ cachedInputTokens: 0, unusedCache: 'appended' })
  })

  it('[E98] the test after loading passes on this library and fails where steps read differently', async () => {
    rolls.reset()
    await testRolling(rolls.pipeline)
    let step = 0
    const { pipeline } = rolls
    // As a kernel that lets the tokens of a step see otherwise than one by one.
    const wrong = {
      ...pipeline,
      read: (ids: readonly number[]) => pipeline.read(++step > 2 && ids.length > 1 ? [...ids].reverse() : ids),
    }
    await expect(testRolling(wrong)).rejects.toMatchObject({ type: 'unsupported-device' })
    rolls.reset()
    expect((await rolls.reply(greedy(chatPrompt(instructions, ['Who are you?']), 8))).end.outputTokens).toBeGreaterThan(0)
  })
})
