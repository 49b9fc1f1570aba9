import { describe, expect, it } from 'vitest'
import { createLexicalIndex, type LexicalIndex } from '#memory/lexical-index.ts'
import { encodeWordTable } from '#memory/word-table.ts'
import { setWordVectors } from './set-word-vectors.ts'

const table = encodeWordTable({
  dimensions: 2,
  words: ['dog', 'van'],
  scales: new Float32Array(2).fill(0.02),
  values: Int8Array.from([127, 0, 0, 127]),
})

describe('setWordVectors', () => {
  it('lets what waits go first between slices, and resolves when nothing is left to fill', async () => {
    const order: string[] = []
    let left = 4
    const index: LexicalIndex = {
      ...createLexicalIndex(),
      setWordVectors: () => void order.push('words'),
      fillVectors() {
        order.push('fill')
        // Longer than one slice lasts.
        for (const until = performance.now() + 15; performance.now() < until; );
        return --left > 0
      },
    }
    const done = setWordVectors(index, table).then(() => order.push('done'))
    const ask = (): void => {
      if (order.at(-1) === 'done') return
      order.push('asked')
      setTimeout(ask)
    }
    ask()
    await done
    const text = order.join(' ')
    expect(text).not.toContain('fill fill')
    expect(text).toMatch(/words (asked )+fill (asked )+fill (asked )+fill (asked )+fill (asked )*done/)
  })

  it('gives the index nothing when the table is damaged', async () => {
    const index: LexicalIndex = {
      ...createLexicalIndex(),
      setWordVectors() {
        throw new Error('The index got vectors.')
      },
    }
    await expect(setWordVectors(index, table.subarray(0, 30))).rejects.toThrow('its header says')
  })
})
