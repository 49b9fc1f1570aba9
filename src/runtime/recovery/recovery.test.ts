import { describe, expect, it } from 'vitest'
import type { Fault, Script } from '#engine/scripted/script.ts'
import { EngineError, type EngineErrorType } from '#ports/engine.ts'
import { ready, startTestLonghand, type TestLonghand } from '#runtime/longhand.fixture.ts'
import type { LonghandState } from '#runtime/state.ts'

const words = 'one two three four five six seven eight nine ten'

/** The first `times` generations fail after three tokens, whichever engine runs them. */
function failing(error: EngineErrorType, times: number): Pick<Script, 'fault'> {
  let generations = 0
  return { fault: (): Fault | undefined => (++generations <= times ? { type: 'error', atToken: 3, error } : undefined) }
}

const settled = ({ live, engine }: LonghandState) =>
  Object.keys(live).length === 0 && (engine.type === 'ready' || engine.type === 'error')

/** Sends, and waits until the engine is ready again or has given up. */
async function sendAndSettle(longhand: TestLonghand, text: string): Promise<LonghandState> {
  const before = longhand.state().open?.messages.length ?? 0
  await longhand.actions.send(text)
  return longhand.until((state) => settled(state) && (state.open?.messages.length ?? 0) >= before + 2)
}

/** Every state of the engine from now on, each once where it follows itself. */
function watchEngine(longhand: TestLonghand): string[] {
  const seen: string[] = []
  let last: string = longhand.state().engine.type
  longhand.store.subscribe(({ engine }) => {
    if (engine.type !== last) seen.push(engine.type)
    last = engine.type
  })
  return seen
}

describe('when the engine fails', () => {
  for (const error of ['device-lost', 'worker-crashed', 'internal'] as const)
    it(`[E44] [E48] ${error} while writing: what was written is kept, the model is loaded again and the reply continued`, async () => {
      const longhand = await ready({ script: { reply: () => words, ...failing(error, 1) } })
      const states = watchEngine(longhand)
      const { open, engine, turnProblem } = await sendAndSettle(longhand, 'Count')
      expect(states.slice(-2)).toEqual(['loading', 'ready'])
      expect(engine.type).toBe('ready')
      expect(open?.messages.map(({ text }) => text)).toEqual(['Count', 'one two three'])
      expect(open?.messages[1]?.status).toBe('error')
      expect(open?.messages[1]?.error).toContain('The text is kept')
      expect(turnProblem).toBeUndefined()
      const reply = open?.messages[1]
      if (reply) await longhand.actions.continueReply(reply.id)
      const after = await longhand.until((state) => settled(state) && state.open?.messages.at(-1)?.status === 'complete')
      expect(after.open?.messages.at(-1)?.text).toBe(words)
    })

  it.each([
    [0, 'server-failed', 'It said: The script fails at token 0.'],
    [3, 'stream-cut', 'The server’s answer broke off. What came is kept'],
    [0, 'stream-cut', 'The server’s answer broke off. No word of it came.'],
  ] as const)(
    '[E90] a failure at token %i that leaves the engine as it is, %s, is told once: at the reply',
    async (atToken, error, words) => {
      const longhand = await ready({
        script: { reply: () => 'one two three four', fault: () => ({ type: 'error', atToken, error }) },
      })
      const { open, engine, turnProblem } = await sendAndSettle(longhand, 'Count')
      expect(engine.type).toBe('ready')
      expect(open?.messages[1]).toMatchObject({ status: 'error', error: expect.stringContaining(words) })
      expect(turnProblem).toBeUndefined()
    },
  )

  it('[E43] a device lost while nothing is asked of it is noticed, and the model loaded again', async () => {
    const breakers: ((error: EngineError) => void)[] = []
    const longhand = await ready({ script: { onMade: (breakDown) => breakers.push(breakDown) } })
    const states = watchEngine(longhand)
    breakers.at(-1)?.(new EngineError('device-lost', 'gone'))
    await longhand.until(({ engine }) => engine.type === 'ready' && breakers.length === 2)
    expect(states).toEqual(['loading', 'ready'])
    expect(longhand.state().notices.at(-1)).toMatchObject({ tone: 'good', text: expect.stringContaining('loaded again') })
    expect(await longhand.say('Hello')).not.toBe('')
  })

  it('[E43] when the page comes back, an engine whose device is gone is made anew; one that answers is left alone', async () => {
    let lost = false
    const check = async () => {
      if (lost) throw new EngineError('device-lost', 'gone while asleep')
    }
    const longhand = await ready({ script: { check }, pause: () => new Promise(() => {}) })
    const states = watchEngine(longhand)
    longhand.comeBack()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(states).toEqual([])
    lost = true
    longhand.comeBack()
    await longhand.until(({ engine, notices }) => engine.type === 'ready' && notices.length > 0)
    expect(states).toEqual(['loading', 'ready'])
  })

  it('[E43] when the page comes back, an engine that does not answer at all is made anew', async () => {
    const longhand = await ready({ script: { check: () => new Promise(() => {}) } })
    const states = watchEngine(longhand)
    longhand.comeBack()
    await longhand.until(({ notices }) => notices.length > 0)
    expect(states).toEqual(['loading', 'ready'])
  })

  it('[E46] [E48] out of memory while writing: half the window, said and kept, and the conversation is whole', async () => {
    const longhand = await ready({ script: { reply: () => words, ...failing('out-of-memory', 1) }, windowTokens: 4096 })
    await sendAndSettle(longhand, 'Count')
    const { engine, open, settings, models, notices } = await longhand.until(({ models }) => models[0]?.windowTokens === 2048)
    expect(engine).toMatchObject({ type: 'ready', loaded: { windowTokens: 2048 } })
    expect(settings.windows).toEqual({ scripted: 2048 })
    expect(models[0]?.windowTokens).toBe(2048)
    expect(notices.at(-1)?.text).toContain('now 2,048 tokens')
    expect(open?.messages.map(({ text }) => text)).toEqual(['Count', 'one two three'])
    expect(await longhand.say('Go on')).toBe(words)
  })

  it('[E46] a window too large to load is made smaller until it loads', async () => {
    const longhand = await startTestLonghand({
      script: { loadError: (tokens) => (tokens > 2048 ? 'out-of-memory' : undefined) },
      windowTokens: 8192,
    })
    await longhand.actions.loadModel('scripted')
    expect(longhand.state().engine).toMatchObject({ type: 'ready', loaded: { windowTokens: 2048 } })
    expect(longhand.state().notices.at(-1)?.text).toContain('not enough memory for 8,192')
  })

  it('[E47] the same cause three times ends in words that say so; a person can still load it', async () => {
    const longhand = await ready({ script: { reply: () => words, ...failing('device-lost', 3) } })
    expect((await sendAndSettle(longhand, 'One')).engine.type).toBe('ready')
    expect((await sendAndSettle(longhand, 'Two')).engine.type).toBe('ready')
    const { engine, open } = await sendAndSettle(longhand, 'Three')
    expect(engine).toMatchObject({ type: 'error', problem: { advice: expect.stringContaining('three times') } })
    expect(open?.messages.filter(({ text }) => text === 'one two three')).toHaveLength(3)
    const offers = () => longhand.state().notices.filter(({ action }) => action?.label === 'Load again')
    expect(offers()).toHaveLength(1)
    await longhand.actions.loadModel('scripted')
    expect(offers(), '[E93] what was offered is done').toEqual([])
    expect(await longhand.say('Four')).toBe(words)
  })

  it('[E104] there is one piece of news of the engine, the newest, and none of a model that is gone', async () => {
    const longhand = await startTestLonghand({
      script: {
        reply: () => words,
        loadError: (tokens) => (tokens > 2048 ? 'out-of-memory' : undefined),
        selfTest: { passed: false, wanted: '9', wrote: '!!!' },
        ...failing('device-lost', 3),
      },
      windowTokens: 8192,
    })
    const said = () => longhand.state().notices.map(({ text, detail }) => `${text} ${detail}`)
    await longhand.actions.loadModel('scripted')
    expect(said(), 'told together').toEqual([expect.stringMatching(/gibberish.*is now 2,048 tokens/)])
    await sendAndSettle(longhand, 'One')
    expect(said()).toEqual([expect.stringMatching(/gibberish.*was loaded again/)])
    await sendAndSettle(longhand, 'Two')
    await sendAndSettle(longhand, 'Three')
    expect(longhand.state().engine.type).toBe('error')
    expect(longhand.state().notices).toMatchObject([{ action: { label: 'Load again' } }])
    await longhand.actions.loadModel('scripted')
    expect(said()).toEqual([expect.stringContaining('gibberish')])
    await longhand.actions.unloadModel()
    expect(said()).toEqual([])
  })

  it('[E45] while the browser refuses the GPU it is said until when, and a person may try at once or stop', async () => {
    const pauses: { ms: number; resolve: () => void }[] = []
    let refused = false
    const longhand = await ready({
      script: { loadError: () => (refused ? 'no-gpu' : undefined), ...failing('device-lost', 1) },
      pause: (ms, signal) =>
        new Promise((resolve) => {
          pauses.push({ ms, resolve })
          signal.addEventListener('abort', () => resolve())
        }),
    })
    refused = true
    await longhand.actions.send('Hello')
    await longhand.until(({ engine }) => engine.type === 'waiting')
    expect(pauses.map(({ ms }) => ms)).toEqual([2_000])
    longhand.actions.tryLoadNow()
    const { engine } = await longhand.until(({ engine }) => engine.type === 'waiting' && pauses.length === 2)
    expect(pauses[1]?.ms).toBeGreaterThan(120_000)
    expect(engine).toMatchObject({ problem: { type: 'engine/no-gpu' } })
    longhand.actions.cancelLoad()
    expect(longhand.state().engine).toMatchObject({ type: 'error', problem: { type: 'engine/no-gpu' } })
    refused = false
    await longhand.actions.loadModel('scripted')
    expect(longhand.state().engine.type).toBe('ready')
  })

  it('[E42] a model that gives no sign of life can be made anew, and what it had written is kept', async () => {
    let first = true
    const longhand = await ready({
      script: {
        reply: () => words,
        fault: () => {
          const stalls = first
          first = false
          return stalls ? { type: 'stall', atToken: 3 } : undefined
        },
      },
    })
    await longhand.actions.send('Count')
    await longhand.until(({ live }) => (Object.values(live)[0]?.readTokens ?? 0) > 0)
    // What comes within 50 ms of the last update of the screen is not shown; it is kept all the same.
    await new Promise((resolve) => setTimeout(resolve, 100))
    longhand.actions.restartModel()
    const { open, engine } = await longhand.until((state) => settled(state) && state.open?.messages[1] !== undefined)
    expect(engine.type).toBe('ready')
    expect(open?.messages[1]).toMatchObject({ text: 'one two three', status: 'error' })
  })
})
