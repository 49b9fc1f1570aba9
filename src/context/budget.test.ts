import { describe, expect, it } from 'vitest'
import { pressureTokens, replyReserve } from './budget.ts'

describe('replyReserve', () => {
  it.each([
    [4096, 256, 819],
    [2048, 256, 512],
    [1024, 64, 256],
    [1025, 64, 512],
    [4096, 1500, 1500],
    [4096, 4000, 2048],
    [64, 16, 32],
  ])('[C1] of a window of %i with replies up to %i is %i', (window, asked, reserve) => {
    expect(replyReserve(window, asked)).toBe(reserve)
  })
})

describe('pressureTokens', () => {
  it('[C17] is three quarters of the window', () => expect(pressureTokens(4096)).toBe(3072))
})
