import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RollingWindow, rolledOut, sharedTokens } from './rolling-window.ts'

/** The cache as a list: what a library does with it, one token at a time. */
function readAll({ keptTokens, sinkTokens }: RollingWindow, tokens: number): readonly number[] {
  const cache: number[] = []
  for (let token = 0; token < tokens; token++) {
    cache.push(token)
    if (cache.length > keptTokens) cache.splice(sinkTokens, 1)
  }
  return cache
}

const anyWindow = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.nat(20))
  .map(([rolls, sinkTokens]) => ({ keptTokens: sinkTokens + rolls, sinkTokens }))

describe('a rolling window', () => {
  it('[C62] what rolled out is what a cache that keeps the first and the newest no longer holds', () => {
    fc.assert(
      fc.property(anyWindow, fc.nat(200), (window, tokens) => {
        const cache = new Set(readAll(window, tokens))
        const gone = rolledOut(window, tokens)
        const missing = Array.from({ length: tokens }, (_, token) => token).filter((token) => !cache.has(token))
        expect(missing).toEqual(Array.from({ length: gone?.tokens ?? 0 }, (_, at) => (gone?.start ?? 0) + at))
        expect(cache.size).toBe(Math.min(tokens, window.keptTokens))
      }),
    )
  })

  it('[C62] of items that lie side by side as much rolled out as of the whole', () => {
    fc.assert(
      fc.property(anyWindow, fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 12 }), (window, lengths) => {
        const starts = lengths.map((_, at) => lengths.slice(0, at).reduce((sum, tokens) => sum + tokens, 0))
        const total = lengths.reduce((sum, tokens) => sum + tokens, 0)
        const gone = rolledOut(window, total)
        const parts = lengths.map((tokens, at) => (gone ? sharedTokens(gone, { start: starts[at] ?? 0, tokens }) : 0))
        expect(parts.reduce((sum, tokens) => sum + tokens, 0)).toBe(gone?.tokens ?? 0)
      }),
    )
  })
})
