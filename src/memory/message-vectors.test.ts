import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '#chat/message.ts'
import { branch, branches, cases } from './memory.fixture.ts'
import { createMessageTable, type MessageTable } from './message-table.ts'
import { createWordVectors } from './word-vectors.ts'

const said = 'rent sister cats stop one two lives likes tea paris works euros dog moved'.split(' ')
const vectors = createWordVectors({
  dimensions: 8,
  words: said,
  scales: new Float32Array(said.length).fill(0.02),
  values: Int8Array.from({ length: 8 * said.length }, (_, index) => ((index * 7919) % 255) - 127),
})
const asked = 'my sister likes tea and cats'

function cosines(table: MessageTable): readonly number[] {
  const query = table.vectors.query(asked)
  return Array.from({ length: table.rows }, (_, row) => query?.cosine(row) ?? 0)
}

describe('createMessageVectors', () => {
  it('[M18] a message has the same vector whether word vectors came before it or after', () => {
    fc.assert(
      fc.property(branches, fc.nat(), fc.integer({ min: 1, max: 200 }), (path, split, characters) => {
        const [early, late] = [createMessageTable(), createMessageTable()]
        early.vectors.setWords(vectors)
        const at = split % (path.length + 1)
        for (const message of path) early.add(message)
        for (const message of path.slice(0, at)) late.add(message)
        late.vectors.setWords(vectors)
        late.vectors.fill(characters)
        for (const message of path.slice(at)) late.add(message)
        while (late.vectors.fill(characters));
        expect(cosines(late)).toEqual(cosines(early))
      }),
      { numRuns: cases },
    )
  })

  it('[M14] nothing of a removed message is left, whether it had its vector or not', () => {
    fc.assert(
      fc.property(branches, fc.nat(500), (path, characters) => {
        const table = createMessageTable()
        for (const message of path) table.add(message)
        table.vectors.setWords(vectors)
        table.vectors.fill(characters)
        table.removeConversation('conv:a')
        while (table.vectors.fill(characters + 1));
        expect(cosines(table).every((cosine) => cosine === 0)).toBe(true)
      }),
      { numRuns: cases },
    )
  })

  it('fills about as much as it is asked to, and says when all is done', () => {
    const table = createMessageTable()
    for (const message of branch(
      'a',
      Array.from({ length: 10 }, (): [Message['role'], string] => ['user', 'my sister likes tea']),
    ))
      table.add(message)
    expect(table.vectors.fill(1000)).toBe(false)
    table.vectors.setWords(vectors)
    const have = () => cosines(table).filter((cosine) => cosine > 0.5).length
    expect(have()).toBe(0)
    expect(table.vectors.fill(40)).toBe(true)
    expect(have()).toBe(3)
    expect(table.vectors.fill(1000)).toBe(false)
    expect(have()).toBe(10)
  })

  it('has nothing to ask with before word vectors are there, nor for words that none of them is', () => {
    const table = createMessageTable()
    expect(table.vectors.query(asked)).toBeUndefined()
    table.vectors.setWords(vectors)
    expect(table.vectors.query('unheard of')).toBeUndefined()
  })
})
