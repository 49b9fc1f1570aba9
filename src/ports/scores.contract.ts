import { expect, it } from 'vitest'
import type { PromptPart } from '#context/template.ts'
import type { Engine } from './engine.ts'

/** What the engine contract lends: the loaded engine, and ways to prompts and replies. */
type Kit = {
  readonly engine: () => Engine
  readonly scoresTokens: () => boolean
  readonly windowTokens: () => number
  readonly prompt: (texts: readonly string[]) => readonly PromptPart[]
  readonly write: (parts: readonly PromptPart[], maxOutputTokens: number) => Promise<{ readonly text: string }>
  readonly longText: (tokens: number) => Promise<string>
}

const never = new AbortController().signal

/** The part of the engine contract that is about scores of given texts. */
export function describeScores({ engine, scoresTokens, windowTokens, prompt, write, longText }: Kit): void {
  const score = (parts: readonly PromptPart[], text: string) => engine().scoreTokens({ prompt: parts, text }, () => {}, never)

  it('scores a text token by token, the same twice, or says that it does not', async () => {
    const parts = prompt(['Schöne Grüße 🍎, 12345!'])
    const text = 'Well, 雨 and 🍎.'
    if (!scoresTokens()) {
      await expect(score(parts, text)).rejects.toMatchObject({ name: 'EngineError', type: 'not-offered' })
      return
    }
    const progress: number[] = []
    const scores = await engine().scoreTokens({ prompt: parts, text }, ({ doneTokens }) => progress.push(doneTokens), never)
    const [tokens = 0, ...read] = await engine().countTokens([text, ...parts.map((part) => part.text)])
    expect(scores.map((one) => one.text).join('')).toBe(text)
    expect(scores.length).toBe(tokens)
    for (const { logProbability } of scores) {
      expect(logProbability).toBeLessThanOrEqual(0)
      expect(Number.isFinite(logProbability)).toBe(true)
    }
    expect(progress).toEqual([...progress].sort((a, b) => a - b))
    expect(progress.at(-1)).toBe(read.reduce((sum, count) => sum + count, tokens))
    await write(prompt(['Something else in between.']), 4)
    const again = await score(parts, text)
    again.forEach(({ logProbability }, at) => {
      expect(logProbability).toBeCloseTo(scores[at]?.logProbability ?? Number.NaN, 3)
    })
  })

  it('gives what it writes itself, greedy, the highest probability, and goes on as if it had not scored', async () => {
    if (!scoresTokens()) return
    const parts = prompt(['Say something.'])
    const { text } = await write(parts, 12)
    const [own] = await score(parts, text)
    for (const other of ['q', '7', 'Never', '\n']) {
      const [first] = await score(parts, other)
      if (first && first.text !== own?.text) expect(first.logProbability).toBeLessThan(own?.logProbability ?? Number.NaN)
    }
    expect((await write(parts, 12)).text).toBe(text)
  })

  it('stops scoring when it is aborted, refuses what does not fit, and works on', async () => {
    if (!scoresTokens()) return
    const stop = new AbortController()
    const text = await longText(windowTokens() * 0.5)
    const stopped = engine().scoreTokens({ prompt: prompt(['Hello']), text }, () => stop.abort(), stop.signal)
    await expect(stopped).rejects.toMatchObject({ name: 'EngineError', type: 'aborted' })
    await expect(score(prompt([text]), text + text)).rejects.toMatchObject({ type: 'context-overflow' })
    expect((await score(prompt(['Hello']), 'Hi')).length).toBeGreaterThan(0)
  })
}
