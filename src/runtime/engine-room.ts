/**
 * One engine, one piece of work at a time. The user's turns go first: background work is aborted the moment a turn
 * arrives and its job is run again later.
 */
export interface EngineRoom {
  /** Runs `work` when its turn has come; rejects like `work` does. Aborting while waiting rejects at once. */
  run<Result>(
    priority: 'turn' | 'background',
    work: (signal: AbortSignal) => Promise<Result>,
    signal: AbortSignal,
  ): Promise<Result>
  /** Whether anything runs or waits. */
  busy(): boolean
}

type Entry = {
  readonly priority: 'turn' | 'background'
  readonly start: () => Promise<void>
  readonly abort: () => void
}

export function createEngineRoom(onIdle: () => void): EngineRoom {
  const waiting: Entry[] = []
  let running: Entry | undefined

  function next(): void {
    if (running) return
    const at = waiting.findIndex((entry) => entry.priority === 'turn')
    running = waiting.splice(at === -1 ? 0 : at, 1)[0]
    if (!running) {
      onIdle()
      return
    }
    void running.start().finally(() => {
      running = undefined
      next()
    })
  }

  return {
    busy: () => running !== undefined || waiting.length > 0,
    run(priority, work, signal) {
      return new Promise((resolve, reject) => {
        const controller = new AbortController()
        const entry: Entry = {
          priority,
          abort: () => controller.abort(),
          start: () => work(controller.signal).then(resolve, reject),
        }
        const leave = () => {
          controller.abort()
          const at = waiting.indexOf(entry)
          if (at === -1) return
          waiting.splice(at, 1)
          reject(new DOMException('Cancelled while waiting for the model.', 'AbortError'))
        }
        if (signal.aborted) leave()
        signal.addEventListener('abort', leave, { once: true })
        waiting.push(entry)
        if (priority === 'turn' && running?.priority === 'background') running.abort()
        next()
      })
    },
  }
}
