import { describe, expect, it } from 'vitest'
import type { EngineErrorType } from '#ports/engine.ts'
import { decideRecovery, type Failure } from './decide-recovery.ts'

const failed = (type: EngineErrorType, at: number, during: Failure['during'] = 'use'): Failure => ({ type, at, during })
const next = (failures: readonly Failure[], windowTokens = 8192, safeTokens?: number) =>
  decideRecovery({
    failures,
    windowTokens,
    leastTokens: 1024,
    unaskedOutside: false,
    ...(safeTokens === undefined ? {} : { safeTokens }),
  })

describe('what follows a failure of the engine', () => {
  it('[E44] a lost device, a dead worker or a broken engine is followed by a fresh one: at once, then after two seconds', () => {
    for (const type of ['device-lost', 'worker-crashed', 'internal'] as const) {
      expect(next([failed(type, 0)])).toEqual({ type: 'load', afterMs: 0, windowTokens: 8192 })
      expect(next([failed(type, 0), failed(type, 60_000)])).toEqual({ type: 'load', afterMs: 2_000, windowTokens: 8192 })
    }
  })

  it('[E44] a load is not tried again for what would only happen again', () => {
    for (const type of ['internal', 'file-missing', 'wrong-digest', 'unsupported-device', 'no-gpu', 'storage-full'] as const)
      expect(next([failed(type, 0, 'load')]).type).toBe('stop')
    expect(next([failed('device-lost', 0, 'load')]).type).toBe('load')
  })

  it('[E67] a server outside this device is not reached again unasked', () => {
    for (const type of ['worker-crashed', 'internal', 'unreachable'] as const)
      for (const during of ['load', 'use'] as const) {
        const input = { failures: [failed(type, 0, during)], windowTokens: 8192, leastTokens: 1024 }
        expect(decideRecovery({ ...input, unaskedOutside: true })).toEqual({ type: 'stop', times: 1, failures: 1 })
      }
  })

  it('[E45] a GPU that is refused after a loss is asked for after two seconds, then when the refusal must be over', () => {
    const lost = [failed('device-lost', 1_000), failed('no-gpu', 1_500, 'load')]
    const whenLost = (failures: readonly Failure[], lostAt = 1_000) =>
      decideRecovery({ failures, lostAt, windowTokens: 8192, leastTokens: 1024, unaskedOutside: false })
    expect(whenLost(lost)).toMatchObject({ type: 'load', afterMs: 2_000 })
    expect(whenLost([...lost, failed('no-gpu', 4_000, 'load')])).toMatchObject({ type: 'load', afterMs: 122_000 })
    expect(whenLost([...lost, failed('no-gpu', 4_000, 'load'), failed('no-gpu', 126_500, 'load')]).type).toBe('stop')
    // A person asked anew since: the loss is still why.
    expect(whenLost([failed('no-gpu', 60_000, 'load')])).toMatchObject({ type: 'load', afterMs: 2_000 })
    expect(whenLost([failed('no-gpu', 700_000, 'load')]).type).toBe('stop')
  })

  it('[E46] after want of memory the window is halved, then made no larger than what is safe, and never useless', () => {
    const once = failed('out-of-memory', 0)
    const twice = failed('out-of-memory', 1_000, 'load')
    expect(next([once])).toEqual({ type: 'load', afterMs: 0, windowTokens: 4096 })
    expect(next([once, twice], 4096, 1536)).toEqual({ type: 'load', afterMs: 0, windowTokens: 1536 })
    expect(next([once, twice], 4096, 9000)).toEqual({ type: 'load', afterMs: 0, windowTokens: 2048 })
    expect(next([once], 1500).type).toBe('stop')
  })

  it('[E47] the same cause three times in ten minutes stops it, and so do six failures of any kind', () => {
    const thrice = [0, 60_000, 120_000].map((at) => failed('device-lost', at))
    expect(next(thrice)).toEqual({ type: 'stop', times: 3, failures: 3 })
    expect(next([0, 60_000, 700_000].map((at) => failed('device-lost', at))).type).toBe('load')
    const mixed = (['device-lost', 'worker-crashed', 'internal', 'device-lost', 'worker-crashed', 'internal'] as const).map(
      (type, at) => failed(type, at),
    )
    expect(next(mixed.slice(0, 5)).type).toBe('load')
    expect(next(mixed)).toEqual({ type: 'stop', times: 2, failures: 6 })
  })
})
