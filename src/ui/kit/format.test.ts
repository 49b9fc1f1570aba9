import { expect, test } from 'vitest'
import { formatBytes, formatDuration, formatScore, formatSeconds, formatShare } from './format.ts'

test.each([
  [formatBytes(98_362_432), '98 MB'],
  [formatBytes(2_300_000_000), '2.3 GB'],
  [formatBytes(3_300_000), '3.3 MB'],
  [formatBytes(512), '512 B'],
  [formatSeconds(612), '0.6 s'],
  [formatSeconds(42), '0.04 s'],
  [formatSeconds(2), '<0.01 s'],
  [formatSeconds(12_400), '12 s'],
  [formatSeconds(95_000), '1 min 35 s'],
  [formatDuration(40), '40 s'],
  [formatDuration(3_700), '1 h 1 min'],
  [formatShare(0.997), '99 %'],
  [formatShare(1), '100 %'],
  [formatShare(0.001), '1 %'],
  [formatShare(0), '0 %'],
  [formatScore(0.745), '.74'],
  [formatScore(1.2), '1.20'],
])('%s is %s', (shown, expected) => {
  expect(shown).toBe(expected)
})
