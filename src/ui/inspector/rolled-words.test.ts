import { describe, expect, it } from 'vitest'
import { sampleActual, sampleManifest } from '#ports/storage.samples.ts'
import { rolledItem, rolledTotal } from './rolled-words.ts'

const rolling = { keptTokens: 1024, sinkTokens: 4 }
const of = (inputTokens: number, more = {}) =>
  sampleManifest('msg:1', 'conv:1', {
    window: { size: 8192, reserve: 512, pressure: 6000, rolling },
    predicted: { inputTokens, cachedInputTokens: 0 },
    ...more,
  })

describe('what a receipt says of a rolling window', () => {
  it('[C62] in its head, by the engine’s own count where there is one', () => {
    expect(rolledTotal(sampleManifest('msg:1', 'conv:1'))).toBeUndefined()
    expect(rolledTotal(of(1024))).toBe(
      'The window rolls and keeps 1,024 tokens: nothing of this prompt rolled out before the reply began.',
    )
    const seen =
      'The model saw the first 4 and the last 1,020 of 3,000 tokens when the reply began. The 1,976 between were read, and had rolled out.'
    expect(rolledTotal(of(3000))).toBe(seen)
    expect(rolledTotal(of(2999, { actual: { ...sampleActual, inputTokens: 3000 } }))).toBe(seen)
    expect(rolledTotal(of(3000), true)).toContain('The model will see the first 4 and the last 1,020 of 3,000')
  })

  it('[C62] of an item, whole, in part or nothing', () => {
    const manifest = of(3000)
    expect(rolledItem(manifest, { start: 0, tokens: 3 })).toBeUndefined()
    expect(rolledItem(manifest, { start: 1, tokens: 40 })).toBe('rolled out but for 3')
    expect(rolledItem(manifest, { start: 100, tokens: 200 })).toBe('rolled out')
    expect(rolledItem(manifest, { start: 1900, tokens: 200 })).toBe('rolled out but for 120')
    expect(rolledItem(manifest, { start: 1980, tokens: 1020 })).toBeUndefined()
    expect(rolledItem(sampleManifest('msg:1', 'conv:1'), { start: 5, tokens: 7 })).toBeUndefined()
  })
})
