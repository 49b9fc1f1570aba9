import { expect, it } from 'vitest'
import { crc32 } from '#shared/crc32.ts'
import { decodeIndexPart, encodeIndexPart, indexPartVersion } from './index-part.ts'
import { branch } from './memory.fixture.ts'
import { createMessageTable } from './message-table.ts'
import { PackError, packColumns } from './pack-columns.ts'
import { createWordVectors } from './word-vectors.ts'

const samples = [
  ...branch('a', [
    ['user', 'I always prefer 2 cats; my sister’s café in Zürich — naïve, isn’t it?'],
    ['assistant', 'Twelve replies, “quoted”, e.g. https://example.org/a_b?c=1 and ２０２６.'],
    ['user', '東京タワーは高いです。 ข้อความ ကျွန်တော် мир Ελλάδα ﬁne'],
  ]),
  ...branch('b', [['user', 'Never again, from now on: one half 𝟙 \uD800']]).map((message) => ({
    ...message,
    speaker: 'Ana Lind',
  })),
]
const words = ['cats', 'sister', 'replies', 'again', '東京']

function encoded(): Uint8Array<ArrayBuffer> {
  const table = createMessageTable()
  const values = Int8Array.from({ length: 20 }, (_, index) => ((index * 7919) % 255) - 127)
  table.vectors.setWords(createWordVectors({ dimensions: 4, words, scales: new Float32Array(5).fill(0.02), values }), 77)
  for (const message of samples) table.add(message)
  const rows = samples.map((_, row) => row)
  return encodeIndexPart(samples, rows.map(table.traits), table.vectors.partOf(rows))
}

// When this fails, a rule has changed by which messages are read (words, traits, vectors), or the layout. Parts that are
// stored say what the old rule said: raise indexPartVersion, and put the new checksum here.
it('[M65] the version of a part stands for the rules that made it', () => {
  expect([indexPartVersion, crc32(encoded())]).toEqual([1, 2200166803])
})

it('[M65] a part of another version is refused as such, whatever it holds', () => {
  expect(() => decodeIndexPart(packColumns(indexPartVersion + 1, {}))).toThrow(expect.objectContaining({ type: 'other-version' }))
  expect(() => decodeIndexPart(packColumns(indexPartVersion, {}))).toThrow(PackError)
})

it('[M60] messages come back exactly', () => {
  const { messages, vectors } = decodeIndexPart(encoded())
  for (const [place, { status: _, ...message }] of samples.entries()) {
    const { id, conversationId, parentId, role, speaker, text, createdAt } = messages[place] ?? {}
    expect({ id, conversationId, parentId, role, speaker, text, createdAt }).toEqual({
      parentId: undefined,
      speaker: undefined,
      ...message,
    })
  }
  expect(vectors?.table).toBe(77)
  expect([...(vectors?.has ?? [])]).toEqual([1, 1, 1, 0])
})
