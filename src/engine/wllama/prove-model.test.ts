import { describe, expect, it } from 'vitest'
import { builtIn } from '#engine/catalogue/built-in.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import { countsAgree, testModel } from './prove-model.ts'
import type { Runner } from './runner.ts'

const never = new AbortController().signal
const counter: TokenCounter = { tokenizerId: 'x', controlTokens: [], count: (text) => text.length, pieces: () => [] }

/** Stands for an engine that counts characters, `more` of them, and writes one text. */
function runner(words: string, more = 0, addsStartToken = false): Runner & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    threads: 1,
    addsStartToken,
    asked,
    async complete({ prompt }, onChunk) {
      asked.push(prompt)
      const timings = { cache_n: 0, prompt_n: prompt.length + more, predicted_n: 1, prompt_ms: 1, predicted_ms: 1 }
      onChunk({ choices: [{ text: words, index: 0, finish_reason: null, logprobs: null }], timings } as unknown as Parameters<
        typeof onChunk
      >[0])
    },
    exit: async () => {},
  }
}

describe('[E74] a model file is tried before what it says is relied on', () => {
  it('counts agree where the engine reads as many tokens of a laid question as the page counts', async () => {
    expect(await countsAgree(runner('x'), builtIn, counter, never)).toBe(true)
    expect(await countsAgree(runner('x', 1), builtIn, counter, never)).toBe(false)
    expect(await countsAgree(runner('x', -1), builtIn, counter, never)).toBe(false)
  })

  it('leaves the start token to an engine that puts it there itself', async () => {
    const model = { ...builtIn, template: { ...builtIn.template, start: '<s>' } }
    const adding = runner('x', '<s>'.length, true)
    expect(await countsAgree(adding, model, counter, never)).toBe(true)
    expect(adding.asked[0]?.startsWith('<s>')).toBe(false)
  })

  it('passes what goes on counting, and tells what was written instead', async () => {
    const test = { prompt: '1, 2,', tokens: 3, wants: '3' }
    expect(await testModel(runner(' 3, 4'), test, builtIn, never)).toEqual({ passed: true, wanted: '3', wrote: ' 3, 4' })
    expect(await testModel(runner('!!!'), test, builtIn, never)).toEqual({ passed: false, wanted: '3', wrote: '!!!' })
  })
})
