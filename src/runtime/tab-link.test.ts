import { expect, it } from 'vitest'
import { linkTabs, type TabCommand, type TabLink } from './tab-link.ts'

/** One lock, as browsers give it: in order of arrival, and taken by force where somebody steals it. */
function oneLock(): LockManager {
  type Holder = { readonly fail: (error: unknown) => void }
  let holder: Holder | undefined
  const line: (() => void)[] = []
  const next = () => {
    holder = undefined
    line.shift()?.()
  }
  return {
    query: async () => ({}),
    request: (name: string, options: LockOptions, granted: (lock: Lock | null) => Promise<unknown>) =>
      new Promise((resolve, reject) => {
        const mine: Holder = { fail: reject }
        const hold = () => {
          holder = mine
          void granted({ name, mode: 'exclusive' }).then((value) => {
            resolve(value)
            if (holder === mine) next()
          })
        }
        options.signal?.addEventListener('abort', () => {
          const at = line.indexOf(hold)
          if (at !== -1) line.splice(at, 1)
          reject(new DOMException('left the line', 'AbortError'))
        })
        if (options.steal) holder?.fail(new DOMException('stolen', 'AbortError'))
        if (holder && !options.steal) line.push(hold)
        else {
          holder = mine
          queueMicrotask(hold)
        }
      }),
  } as unknown as LockManager
}

/** A channel between the tabs of a test; one that is `deaf` hears nothing, like the page of a frozen tab. */
function channels() {
  type Ear = { readonly listeners: ((event: MessageEvent) => void)[]; deaf: boolean }
  const ears: Ear[] = []
  return () => {
    const ear: Ear = { listeners: [], deaf: false }
    ears.push(ear)
    const channel = {
      postMessage(data: unknown) {
        if (ear.deaf) return
        for (const other of ears)
          if (other !== ear && !other.deaf)
            queueMicrotask(() => {
              for (const listener of other.listeners) listener({ data } as MessageEvent)
            })
      },
      addEventListener: (_type: string, listener: (event: MessageEvent) => void) => ear.listeners.push(listener),
      close: () => {
        ear.deaf = true
      },
    } as unknown as BroadcastChannel
    return { ear, channel }
  }
}

function tabs() {
  const locks = oneLock()
  const open = channels()
  return () => {
    const { ear, channel } = open()
    const link: TabLink = linkTabs('test', locks, channel, 30)
    const roles: string[] = []
    const commands: TabCommand[] = []
    link.onRole((role) => roles.push(role))
    link.onCommand((command) => commands.push(command))
    return { ear, link, roles, commands }
  }
}
const soon = (ms = 5) => new Promise((resolve) => setTimeout(resolve, ms))

it('[E49] of two tabs one owns the engine, and when it goes the other does at once', async () => {
  const open = tabs()
  const [first, second] = [open(), open()]
  await soon()
  expect([first.link.role(), second.link.role()]).toEqual(['owner', 'follower'])
  second.link.command({ type: 'unload' })
  await soon(60)
  expect(first.commands).toEqual([{ type: 'unload' }])
  expect(second.link.role()).toBe('follower')
  first.link.close()
  await soon()
  expect(second.roles).toEqual(['owner'])
})

it('[E49] an owner that does not take a command is replaced by who gave it, and follows when it wakes', async () => {
  const open = tabs()
  const [first, second] = [open(), open()]
  await soon()
  first.ear.deaf = true
  second.link.command({ type: 'load', modelId: 'm' })
  await soon(60)
  expect(second.link.role()).toBe('owner')
  expect(second.commands).toEqual([{ type: 'load', modelId: 'm' }])
  first.ear.deaf = false
  expect(first.roles).toEqual(['owner', 'follower'])
  first.link.command({ type: 'cancel-load' })
  await soon()
  expect(second.commands.at(-1)).toEqual({ type: 'cancel-load' })
  second.link.close()
  await soon()
  expect(first.link.role()).toBe('owner')
})
