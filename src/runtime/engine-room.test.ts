import { expect, it } from 'vitest'
import { createEngineRoom } from './engine-room.ts'

const never = new AbortController().signal
const tick = () => new Promise((resolve) => setTimeout(resolve))

it('runs one piece of work at a time, turns before background work', async () => {
  const order: string[] = []
  const room = createEngineRoom(() => {})
  const work = (name: string) => async () => {
    order.push(`${name} begins`)
    await tick()
    order.push(`${name} ends`)
  }
  await Promise.all([
    room.run('turn', work('a'), never),
    room.run('background', work('b'), never),
    room.run('turn', work('c'), never),
  ])
  expect(order).toEqual(['a begins', 'a ends', 'c begins', 'c ends', 'b begins', 'b ends'])
})

it('aborts background work the moment a turn arrives', async () => {
  const room = createEngineRoom(() => {})
  const background = room.run(
    'background',
    (signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('yielded')))),
    never,
  )
  const turn = room.run('turn', async () => 'answered', never)
  await expect(background).rejects.toThrow('yielded')
  await expect(turn).resolves.toBe('answered')
})

it('gives up waiting work when it is cancelled', async () => {
  const room = createEngineRoom(() => {})
  const cancel = new AbortController()
  const first = room.run('turn', tick, never)
  const second = room.run('turn', async () => 'never runs', cancel.signal)
  cancel.abort()
  await expect(second).rejects.toThrow('Cancelled')
  await first
  await tick()
  expect(room.busy()).toBe(false)
})

it('goes on after work that failed, and says when it is idle', async () => {
  let idle = 0
  const room = createEngineRoom(() => idle++)
  await expect(room.run('turn', () => Promise.reject(new Error('bad')), never)).rejects.toThrow('bad')
  await expect(room.run('turn', async () => 1, never)).resolves.toBe(1)
  await tick()
  expect(idle).toBeGreaterThan(0)
})
