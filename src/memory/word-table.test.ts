import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cases } from './memory.fixture.ts'
import { anyTable } from './word-table.fixture.ts'
import { encodeWordTable, parseWordTable, WordTableError } from './word-table.ts'

const typeOf = (bytes: Uint8Array): string => {
  try {
    parseWordTable(bytes)
    return 'none'
  } catch (error) {
    if (!(error instanceof WordTableError)) throw error
    return error.type
  }
}

describe('parseWordTable', () => {
  it('[M18] reads what was written, wherever in a buffer it lies', () => {
    fc.assert(
      fc.property(anyTable, fc.nat(7), (table, offset) => {
        const bytes = encodeWordTable(table)
        const shifted = new Uint8Array(bytes.length + offset + 3).subarray(offset, offset + bytes.length)
        shifted.set(bytes)
        expect(parseWordTable(shifted)).toEqual(table)
      }),
      { numRuns: cases },
    )
  })

  it('[M18] refuses a table that was cut, grew or has one wrong byte, and says why', () => {
    fc.assert(
      fc.property(anyTable, fc.nat(), fc.integer({ min: 1, max: 255 }), (table, at, change) => {
        const bytes = encodeWordTable(table)
        expect(['cut', 'not-a-table']).toContain(typeOf(bytes.subarray(0, at % bytes.length)))
        expect(typeOf(new Uint8Array([...bytes, 0]))).toBe('cut')
        bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ change
        expect(typeOf(bytes)).not.toBe('none')
      }),
      { numRuns: cases },
    )
  })

  it('tells other bytes and other versions apart', () => {
    expect(typeOf(new TextEncoder().encode('<!doctype html><title>Not found</title>'))).toBe('not-a-table')
    const bytes = encodeWordTable({ dimensions: 1, words: ['a'], scales: new Float32Array(1), values: new Int8Array(1) })
    bytes[8] = 9
    expect(typeOf(bytes)).toBe('other-version')
  })
})
