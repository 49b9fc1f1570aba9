import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Embedder, type EmbedderModel, embedderBytes } from './embedder.ts'
import type { LoadProgress } from './engine.ts'

export type EmbedderContractSetup = {
  /** A fresh embedder with nothing loaded. */
  readonly create: () => Embedder
  readonly model: EmbedderModel
  /** Allowance for load and embedding, in milliseconds. */
  readonly slowMs: number
}

const never = new AbortController().signal
const dot = (a: Float32Array | undefined, b: Float32Array | undefined) =>
  Array.from(a ?? []).reduce((sum, value, index) => sum + value * (b?.[index] ?? 0), 0)

/** What every Embedder does, whatever runs it. */
export function describeEmbedderContract(name: string, prepare: () => EmbedderContractSetup): void {
  describe(`Embedder contract: ${name}`, () => {
    const { create, model, slowMs } = prepare()
    const progress: LoadProgress[] = []
    let embedder: Embedder
    beforeAll(async () => {
      embedder = create()
      await embedder.load(model, (step) => progress.push(step), never)
    }, slowMs)
    afterAll(() => embedder?.close())

    it('tells of the load in bytes, up to all of them', () => {
      const last = progress.findLast((step) => step.type !== 'prepare')
      expect(last).toMatchObject({ doneBytes: embedderBytes(model), totalBytes: embedderBytes(model) })
      expect(progress.at(-1)?.type).toBe('prepare')
    })

    it('gives unit vectors of its dimensions, in the order of the texts, the same every time', async () => {
      const texts = ['The dog is called Biscuit.', 'A train to Ghent', 'The dog is called Biscuit.']
      const vectors = await embedder.embed(texts, never)
      expect(vectors).toHaveLength(3)
      for (const vector of vectors) {
        expect(vector).toHaveLength(model.dimensions)
        expect(dot(vector, vector)).toBeCloseTo(1, 4)
      }
      expect(dot(vectors[0], vectors[2])).toBeCloseTo(1, 4)
      expect(dot(vectors[0], vectors[1])).toBeLessThan(0.9)
      const [again] = await embedder.embed(['A train to Ghent'], never)
      expect(dot(again, vectors[1])).toBeCloseTo(1, 4)
    }, 60_000)

    it('has no vector for a text without words, and one for any other, however long or strange', async () => {
      const vectors = await embedder.embed(['', ' \n', '京'.repeat(3000), `lone \ud800 surrogate`, 'word '.repeat(5000)], never)
      expect(vectors.map((vector) => vector?.length)).toEqual([undefined, undefined, ...Array(3).fill(model.dimensions)])
      expect(await embedder.embed([], never)).toEqual([])
    }, 60_000)

    it('stops between texts when it is aborted, and goes on with the next call', async () => {
      const controller = new AbortController()
      const many = embedder.embed(
        Array.from({ length: 200 }, (_, index) => `text ${index} about a walk by the sea`),
        controller.signal,
      )
      controller.abort()
      await expect(many).rejects.toMatchObject({ name: 'EngineError', type: 'aborted' })
      await expect(embedder.embed(['too late'], controller.signal)).rejects.toMatchObject({ type: 'aborted' })
      expect(await embedder.embed(['and on'], never)).toHaveLength(1)
    }, 60_000)

    it('rejects by type: before a load, after an aborted one, and once it is closed', async () => {
      const other = create()
      await expect(other.embed(['early'], never)).rejects.toMatchObject({ name: 'EngineError', type: 'not-loaded' })
      const controller = new AbortController()
      const loading = other.load(model, () => controller.abort(), controller.signal)
      await expect(loading).rejects.toMatchObject({ name: 'EngineError', type: 'aborted' })
      await expect(other.embed(['after'], never)).rejects.toMatchObject({ type: 'not-loaded' })
      const waiting = other.load(model, () => {}, never)
      other.close()
      await expect(waiting).rejects.toMatchObject({ name: 'EngineError', type: 'terminated' })
      await expect(other.embed(['late'], never)).rejects.toMatchObject({ type: 'terminated' })
    }, 60_000)
  })
}
