import { describe, expect, it } from 'vitest'
import { detectDevice } from './detect-device.ts'

describe('detectDevice', () => {
  it('tells the software adapter of the test browser from a real GPU', async () => {
    const device = await detectDevice()
    expect(device.gpu).toBe('software')
    expect(device.gpuName).toContain('Software')
    expect(device.maxBufferBytes).toBeGreaterThan(100_000_000)
    expect(device.threads).toBeGreaterThan(0)
  })
})
