import { describe, expect, it } from 'vitest'
import { branch } from './memory.fixture.ts'
import { createMessageTable } from './message-table.ts'
import { createWordKin } from './word-kin.ts'
import { createWordVectors } from './word-vectors.ts'

const named = ['jewellery', 'ring', 'tractor', 'sings'] as const
const vectors = createWordVectors({
  dimensions: 3,
  words: named,
  scales: new Float32Array(4).fill(0.01),
  // Jewellery and ring lie near each other; the others stand across.
  values: Int8Array.from([100, 20, 0, 90, 50, 0, 0, 0, 100, -20, 100, 0]),
})

function kinOf(texts: readonly string[], cue: readonly { text: string; weight: number }[], withVectors = true) {
  const table = createMessageTable()
  if (withVectors) table.vectors.setWords(vectors)
  for (const message of branch(
    'a',
    texts.map((text, index) => [index % 2 === 0 ? 'user' : 'assistant', text] as const),
  ))
    table.add(message)
  const kin = createWordKin(table).query(cue)
  return texts.map((_, row) => kin(row))
}

describe('createWordKin', () => {
  const jewellery = { text: 'jewellery', weight: 2 }

  it('[M18] finds the word that is near in meaning, in any form and wherever it stands', () => {
    const [ring, rings, tractor] = kinOf(['I lost a ring'], [jewellery]).concat(
      kinOf(['Rings, rings and more of them, or a tractor'], [jewellery]),
      kinOf(['I lost a tractor'], [jewellery]),
    )
    expect(ring).toBeGreaterThan(0.8)
    expect(rings).toBe(ring)
    expect(tractor).toBe(0)
  })

  it('[M18] the word itself counts in full, and each word of the cue by its weight', () => {
    const cue = [jewellery, { text: 'tractor', weight: 1 }]
    expect(kinOf(['my jewellery'], cue)[0]).toBeCloseTo(2 / 3, 6)
    expect(kinOf(['a tractor for jewellery'], cue)[0]).toBeCloseTo(1, 6)
    expect(kinOf(['someone sings'], cue)[0]).toBe(0)
  })

  it('[M18] what stands beside counts less, and the less the longer the message is', () => {
    const [own, beside] = kinOf(['the ring', 'nice'], [jewellery])
    const [, long] = kinOf(['the ring', 'tractor '.repeat(48)], [jewellery])
    expect(beside).toBeGreaterThan(0)
    expect(beside).toBeLessThan(own ?? 0)
    expect(long).toBeLessThan(beside ?? 0)
  })

  it('[M18] nothing is kin without word vectors, nor to words that have none', () => {
    expect(kinOf(['the ring'], [jewellery], false)).toEqual([0])
    expect(kinOf(['the ring'], [{ text: 'zeugma', weight: 1 }])).toEqual([0])
    expect(kinOf(['the ring'], [])).toEqual([0])
  })
})
