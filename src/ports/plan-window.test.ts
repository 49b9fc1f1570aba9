import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryNeed } from './memory-need.ts'
import type { ModelBuild } from './model.ts'
import { askedBufferBytes, LEAST_WINDOW, planWindow, type Room, shortBy } from './plan-window.ts'

const MIB = 1024 ** 2
const build = fc
  .record({
    weightBytes: fc.integer({ min: 1e6, max: 40e9 }),
    workingBytes: fc.integer({ min: 1e6, max: 3e9 }),
    layers: fc.integer({ min: 1, max: 90 }),
    kvBufferBytesPerToken: fc.integer({ min: 256, max: 65_536 }),
    largestBufferBytes: fc.integer({ min: 1e6, max: 900e6 }),
  })
  .map(
    ({ layers, ...rest }): ModelBuild => ({
      ...rest,
      kvBytesPerToken: layers * rest.kvBufferBytesPerToken,
      downloadBytes: rest.weightBytes,
      needsF16: true,
      files: [],
    }),
  )
const room = fc.record({
  usableBytes: fc.integer({ min: 1e8, max: 100e9 }),
  basis: fc.constantFrom('trial', 'estimate'),
  bufferBytes: fc.constantFrom(128 * MIB, 256 * MIB, 1024 * MIB),
}) satisfies fc.Arbitrary<Room>
const model = fc.record({ contextLength: fc.constantFrom(512, 2048, 8192, 40_960, 131_072) })

describe('planWindow', () => {
  it('[E10] never takes more than there is', () => {
    fc.assert(
      fc.property(model, build, room, (m, b, r) => {
        const { safeTokens } = planWindow(m, b, r)
        if (safeTokens === 0) return
        expect(memoryNeed(b, safeTokens).totalBytes).toBeLessThanOrEqual(r.usableBytes)
        expect((memoryNeed(b, safeTokens).windowBytes / b.kvBytesPerToken) * (b.kvBufferBytesPerToken ?? 0)).toBeLessThanOrEqual(
          r.bufferBytes,
        )
        expect(b.largestBufferBytes).toBeLessThanOrEqual(r.bufferBytes)
      }),
    )
  })

  it('[E11] is never longer than the training', () => {
    fc.assert(
      fc.property(model, build, room, (m, b, r) => {
        expect(planWindow(m, b, r).safeTokens).toBeLessThanOrEqual(m.contextLength)
      }),
    )
  })

  it('[E12] never shrinks where there is more room, nor grows where the cache is dearer', () => {
    fc.assert(
      fc.property(
        model,
        build,
        room,
        fc.integer({ min: 0, max: 50e9 }),
        fc.integer({ min: 1, max: 8 }),
        (m, b, r, more, times) => {
          const { safeTokens } = planWindow(m, b, r)
          const wider = { ...r, usableBytes: r.usableBytes + more, bufferBytes: 1024 * MIB }
          expect(planWindow(m, b, wider).safeTokens).toBeGreaterThanOrEqual(safeTokens)
          const dearer = { ...b, kvBytesPerToken: b.kvBytesPerToken * times }
          expect(planWindow(m, dearer, r).safeTokens).toBeLessThanOrEqual(safeTokens)
        },
      ),
    )
  })

  it('[E13] gives nothing away: a step more does not fit', () => {
    fc.assert(
      fc.property(model, build, room, (m, b, r) => {
        const { safeTokens, limitedBy } = planWindow(m, b, r)
        if (safeTokens === 0 || limitedBy === 'training') return
        const need = memoryNeed(b, safeTokens + 256)
        const buffer = (need.windowBytes / b.kvBytesPerToken) * (b.kvBufferBytesPerToken ?? 0)
        expect(need.totalBytes > r.usableBytes || buffer > r.bufferBytes).toBe(true)
      }),
    )
  })

  it('[E14] gives no window where the smallest useful one does not fit, and says what is missing', () => {
    fc.assert(
      fc.property(model, build, room, (m, b, r) => {
        const { safeTokens, limitedBy } = planWindow(m, b, r)
        const least = Math.min(LEAST_WINDOW, m.contextLength)
        expect(safeTokens === 0 || safeTokens >= least).toBe(true)
        const fits = shortBy(b, least, r) === 0
        if (safeTokens > 0) expect(fits).toBe(true)
        else if (limitedBy === 'memory') expect(shortBy(b, LEAST_WINDOW, r)).toBeGreaterThan(0)
      }),
    )
  })

  it('says that a part of the weights fits no buffer', () => {
    const b = {
      downloadBytes: 1,
      weightBytes: 1e6,
      workingBytes: 1,
      kvBytesPerToken: 1,
      needsF16: false,
      files: [],
      largestBufferBytes: 155 * MIB,
    }
    const plan = planWindow({ contextLength: 4096 }, b, { usableBytes: 1e12, basis: 'trial', bufferBytes: 128 * MIB })
    expect(plan).toMatchObject({ safeTokens: 0, limitedBy: 'weights-buffer' })
  })
})

it.each([
  [2048, 2048, 1024],
  [1024, 1024, 1024],
  [1024, 1023, 128],
  [512, 2048, 256],
  [256, 128, 128],
])('web-llm has of an adapter with buffers of %i MiB and bindings of %i MiB at most %i MiB', (buffer, binding, asked) => {
  expect(askedBufferBytes({ maxBufferBytes: buffer * MIB, maxBindingBytes: binding * MIB })).toBe(asked * MIB)
})
