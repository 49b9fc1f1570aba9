import { describe, expect, it } from 'vitest'
import { headFill, pressureTokens, replyReserve } from './budget.ts'

describe('replyReserve', () => {
  it.each([
    [4096, 256, 819],
    [2048, 256, 512],
    [1024, 64, 256],
    [1025, 64, 384],
    [4096, 1500, 1500],
    [4096, 4000, 1536],
    [64, 16, 24],
  ])('[C1] of a window of %i with replies up to %i is %i', (window, asked, reserve) => {
    expect(replyReserve(window, asked)).toBe(reserve)
  })
})

describe('pressureTokens', () => {
  it.each([
    [4096, 512, 3072],
    [4096, 819, 2867],
    [1024, 256, 672],
    [1024, 384, 560],
  ])('[C17] of a window of %i with a reserve of %i is %i', (window, reserve, pressure) => {
    expect(pressureTokens(window, reserve)).toBe(pressure)
  })

  it('[C12] leaves a new head a quarter of the room to grow, whatever the reserve', () => {
    for (const window of [64, 512, 1024, 4096, 32_768])
      for (const reserve of [window / 16, window / 4, (window * 3) / 8])
        expect(pressureTokens(window, reserve) - headFill(window, reserve)).toBeGreaterThanOrEqual(
          Math.floor((window - reserve) / 4) - 1,
        )
  })
})
