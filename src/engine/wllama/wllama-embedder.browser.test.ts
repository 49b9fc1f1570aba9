import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { miniLm } from '#engine/catalogue/embedder.ts'
import { describeEmbedderContract } from '#ports/embedder.contract.ts'
import type { Embedder } from '#ports/embedder.ts'
import { createWllamaEmbedder } from './create-wllama-embedder.ts'

/** Milliseconds: other programs may hold the cores. */
const slowMs = 120_000
const never = new AbortController().signal
const present = (await fetch(miniLm.file.url, { method: 'HEAD' })).headers.get('Content-Type')?.includes('html') === false

const dot = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  Array.from(a ?? []).reduce((sum, value, index) => sum + value * (b?.[index] ?? 0), 0)

describe.skipIf(!present)('all-MiniLM-L6-v2 in wllama', () => {
  describeEmbedderContract('wllama', () => ({ create: createWllamaEmbedder, model: miniLm, slowMs }))

  let embedder: Embedder
  beforeAll(async () => {
    embedder = createWllamaEmbedder()
    await embedder.load(miniLm, () => {}, never)
  }, slowMs)
  afterAll(() => embedder?.close())

  it('finds the memory that a question means without sharing a word with it', async () => {
    const memories = [
      'I am allergic to peanuts.',
      'We moved to Ghent in April.',
      'My sister plays the cello in an orchestra.',
      'The car needs new brakes.',
    ]
    const questions = [
      'Can I eat satay?',
      'Which city do I live in?',
      'Who in my family makes music?',
      'Is my vehicle safe to drive?',
    ]
    const vectors = await embedder.embed([...memories, ...questions], never)
    const nearest = questions.map((_, question) => {
      const cosines = memories.map((_, memory) => dot(vectors[memory], vectors[memories.length + question]))
      return cosines.indexOf(Math.max(...cosines))
    })
    expect(nearest).toEqual([0, 1, 2, 3])
  })

  it('gives the similarities that the published weights give', async () => {
    const [person, dog, veryHappy, day] = await embedder.embed(
      ['That is a happy person', 'That is a happy dog', 'That is a very happy person', 'Today is a sunny day'],
      never,
    )
    // Computed plainly in float64 by tools/model/bert-forward.ts; 8 bits and another GELU account for the rest.
    const off = [dot(person, dog) - 0.6946, dot(person, veryHappy) - 0.9429, dot(person, day) - 0.2569]
    expect(Math.max(...off.map(Math.abs))).toBeLessThan(0.01)
  })
})
