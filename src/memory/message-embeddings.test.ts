import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '#chat/message.ts'
import type { Cue } from './cue.ts'
import { createLexicalIndex, type LexicalIndex } from './lexical-index.ts'
import { branch, branches, cases } from './memory.fixture.ts'
import { type TextVector, textVector } from './text-vector.ts'

const cue = (text: string, embedding?: TextVector): Cue => ({
  text,
  at: 1_000_000,
  conversationId: 'conv:new',
  excludeMessageIds: [],
  otherConversationsOnly: false,
  limit: 50,
  ...(embedding && { embedding }),
})
const asked = fc.constantFrom('Where does my sister Ana live?', 'rent 700 euros', 'How many cats have I?', 'one stop')
const direction = fc
  .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 })
  .map((values) => textVector(values) ?? Int8Array.of(1, 0, 0, 0, 0, 0, 0, 0))
/** Every other message has a vector. */
const give = (index: LexicalIndex, path: readonly Message[], vectors: readonly TextVector[]) =>
  index.setEmbeddings(
    path.flatMap(({ id }, at) => {
      const vector = vectors[at]
      return vector && at % 2 === 0 ? [{ id, vector }] : []
    }),
  )
const vectorsFor = fc.array(direction, { minLength: 12, maxLength: 12 })
const likenessOf = ({ score }: { score: { parts: readonly { name: string; value: number }[] } }) =>
  score.parts.find(({ name }) => name === 'likeness')?.value

describe('a neural embedder', () => {
  it('[M7] [M50] adds a part, 0 for messages without a vector, and the parts sum to the score', () => {
    fc.assert(
      fc.property(branches, vectorsFor, direction, asked, (path, vectors, question, text) => {
        const index = createLexicalIndex()
        index.add(path)
        give(index, path, vectors)
        for (const candidate of index.retrieve(cue(text, question)).candidates) {
          const { total, parts } = candidate.score
          expect(parts.reduce((sum, { contribution }) => sum + contribution, 0)).toBe(total)
          const place = path.findIndex(({ id }) => id === candidate.key)
          const likeness = likenessOf(candidate)
          if (place % 2 === 1 || !vectors[place]) expect(likeness).toBe(0)
          else expect(likeness).toBeGreaterThanOrEqual(0)
        }
      }),
      { numRuns: cases },
    )
  })

  it('[M50] changes nothing for a question without a vector, and leaves nothing of a removed conversation', () => {
    fc.assert(
      fc.property(branches, vectorsFor, direction, asked, (path, vectors, question, text) => {
        const plain = createLexicalIndex()
        plain.add(path)
        const index = createLexicalIndex()
        index.add(path)
        give(index, path, vectors)
        expect(index.retrieve(cue(text))).toEqual(plain.retrieve(cue(text)))
        for (const id of new Set(path.map(({ conversationId }) => conversationId))) index.removeConversation(id)
        index.add(path)
        for (const candidate of index.retrieve(cue(text, question)).candidates) expect(likenessOf(candidate)).toBe(0)
      }),
      { numRuns: cases },
    )
  })

  it('[M50] brings in a message that shares no word with the question', () => {
    const index = createLexicalIndex()
    const path = branch('a', [
      ['user', 'I am allergic to peanuts'],
      ['assistant', 'Noted.'],
    ])
    index.add([...path, ...branch('b', [['user', 'My bicycle is red']])])
    const keys = (embedding?: TextVector) =>
      index.retrieve(cue('May my guests eat satay on a bicycle?', embedding)).candidates.map(({ key }) => key)
    const near = Int8Array.of(100, 10)
    index.setEmbeddings([
      { id: path[0]?.id ?? 'msg:none', vector: Int8Array.of(100, 0) },
      { id: 'msg:none', vector: near },
    ])
    const [first] = path
    expect(keys()).not.toContain(first?.id)
    expect(keys(near)).toContain(first?.id)
  })
})
