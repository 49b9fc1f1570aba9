import { describe, expect, it } from 'vitest'
import { createHeartbeat } from './heartbeat.ts'

const limits = { askEvery: 2_000, silentAfter: 8_000, deadAfter: 60_000 }
const looks = (heartbeat: ReturnType<typeof createHeartbeat>, ...times: number[]) => times.map((time) => heartbeat.look(time))

describe('heartbeat', () => {
  it('[E42] says that a worker is silent after eight seconds, and takes it for dead after sixty', () => {
    const seen = looks(createHeartbeat(limits), ...Array.from({ length: 31 }, (_, index) => index * 2_000))
    expect(seen.indexOf('silent')).toBe(4)
    expect(seen.indexOf('dead')).toBe(30)
  })

  it('[E42] any word counts as a sign of life, and the first after a silence is told', () => {
    const heartbeat = createHeartbeat(limits)
    looks(heartbeat, 0, 2_000, 4_000)
    expect(heartbeat.heard()).toBe(false)
    expect(looks(heartbeat, 6_000, 8_000, 10_000, 12_000)).toEqual(['ask', 'ask', 'ask', 'silent'])
    expect(heartbeat.heard()).toBe(true)
    expect(heartbeat.look(14_000)).toBe('ask')
  })

  it('[E42] does not count the time in which the page itself stood still', () => {
    const heartbeat = createHeartbeat(limits)
    // A laptop that slept for an hour between two looks.
    expect(looks(heartbeat, 0, 2_000, 3_602_000, 3_604_000)).toEqual(['ask', 'ask', 'ask', 'ask'])
  })

  it('[E42] a worker that owed nothing for long is not silent at the first question', () => {
    const heartbeat = createHeartbeat(limits)
    looks(heartbeat, 0, 2_000, 4_000, 6_000)
    heartbeat.rest()
    expect(looks(heartbeat, 900_000, 902_000)).toEqual(['ask', 'ask'])
  })
})
