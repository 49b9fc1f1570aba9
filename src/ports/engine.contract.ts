import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PromptPart } from '#context/template.ts'
import {
  type CacheReuse,
  type Engine,
  EngineError,
  type GenerateEvent,
  type GenerateRequest,
  type LoadProgress,
} from './engine.ts'
import { describeJson } from './json.contract.ts'
import type { Model } from './model.ts'
import { describeReuse } from './reuse.contract.ts'
import { describeRolling } from './rolling.contract.ts'
import { describeScores } from './scores.contract.ts'

export type EngineContractSetup = {
  /** A fresh engine with nothing loaded. */
  readonly create: () => Engine
  readonly model: Model
  /** At least 256; a whole window of text is written once. */
  readonly windowTokens: number
  /** The beginning of a reply after which the model, greedy, writes at least 60 tokens and fills a window if it may. */
  readonly endless: string
  /** Tokens that a second turn may read beyond its own: the last position, and a turn's end that never entered the KV cache. */
  readonly readAllowance: number
  /** How far the tokens written may differ from a count of the text: the control token that ended it, other cuts of the same text. */
  readonly outputAllowance: number
  /** A server that is asked for JSON and was not made to answer in it. */
  readonly ignoresJson?: true
  /** For an engine whose cache is not its own: has the server drop what it read, so that the next read is a fresh one. */
  readonly forget?: () => Promise<void>
}

type End = Extract<GenerateEvent, { type: 'generation-end' }>
type Seen = { readonly events: readonly GenerateEvent[]; readonly text: string; readonly end: End }

const never = new AbortController().signal

/** What every Engine does, whatever runs it. */
export function describeEngineContract(name: string, prepare: () => EngineContractSetup | Promise<EngineContractSetup>): void {
  describe(`Engine contract: ${name}`, () => {
    let setup: EngineContractSetup
    let engine: Engine
    let scoresTokens = false
    let reuse: CacheReuse | undefined
    let writesJson = false

    const load = async (target: Engine) => {
      const loaded = await target.load({ model: setup.model, windowTokens: setup.windowTokens }, () => {}, never)
      scoresTokens = loaded.scoresTokens
      reuse = loaded.reuse
      writesJson = loaded.writesJson !== undefined && !setup.ignoresJson
      return target
    }
    beforeAll(async () => {
      setup = await prepare()
      engine = await load(setup.create())
    }, 300_000)
    afterAll(() => engine?.dispose())

    /** Templated parts of user and assistant texts in turn, and the opening of a reply. */
    const prompt = (texts: readonly string[], begun = ''): PromptPart[] => {
      const { start, user, assistant } = setup.model.template
      const parts = texts.map((text, index): PromptPart => {
        const [role, affix] = index % 2 === 0 ? (['user', user] as const) : (['assistant', assistant] as const)
        return { role, text: `${index === 0 ? start : ''}${affix.before}${text}${affix.after}` }
      })
      return [...parts, { role: 'reply', text: `${assistant.before}${begun}` }]
    }
    const request = (
      parts: readonly PromptPart[],
      maxOutputTokens: number,
      stop = setup.model.template.stop,
    ): GenerateRequest => ({
      prompt: parts,
      sampling: { temperature: 0, topP: 1, seed: 7, maxOutputTokens },
      stop,
    })
    const run = async (
      target: Engine,
      what: GenerateRequest,
      signal = never,
      onEvent: (event: GenerateEvent) => void = () => {},
    ): Promise<Seen> => {
      const events: GenerateEvent[] = []
      for await (const event of target.generate(what, signal)) {
        events.push(event)
        onEvent(event)
      }
      const end = events.at(-1)
      if (end?.type !== 'generation-end') throw new Error(`The last event is ${end?.type ?? 'missing'}.`)
      return { events, end, text: events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('') }
    }
    const failure = async (work: Promise<unknown>): Promise<EngineError> => {
      const error = await work.then(
        () => undefined,
        (reason: unknown) => reason,
      )
      expect(error).toBeInstanceOf(EngineError)
      return error as EngineError
    }
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
    const countParts = async (parts: readonly PromptPart[]) => sum(await engine.countTokens(parts.map((part) => part.text)))
    /** Text of at least so many tokens. */
    const longText = async (tokens: number) => {
      const line = 'The quick brown fox jumps over the lazy dog. '
      const [one = 0, two = 0] = await engine.countTokens([line, line + line])
      return line.repeat(Math.ceil(tokens / (two - one)))
    }

    it('loads with progress that never runs back and says what runs it', async () => {
      const fresh = setup.create()
      const seen: LoadProgress[] = []
      const { model, windowTokens } = setup
      const loaded = await fresh.load({ model, windowTokens }, (progress) => seen.push(progress), never)
      fresh.dispose()
      expect(loaded).toMatchObject({ engine: fresh.name, modelId: model.id, windowTokens })
      expect(loaded.runsOn).not.toBe('')
      expect(seen.length).toBeGreaterThan(0)
      for (const type of ['download', 'verify'] as const) {
        const steps = seen.flatMap((progress) => (progress.type !== 'prepare' && progress.type === type ? [progress] : []))
        for (const { doneBytes, totalBytes } of steps) expect(doneBytes).toBeLessThanOrEqual(totalBytes)
        const done = steps.map((step) => step.doneBytes)
        expect(done).toEqual([...done].sort((a, b) => a - b))
      }
    })

    it('is empty after a load that was aborted, and loads again', async () => {
      const fresh = setup.create()
      const stop = new AbortController()
      const { model, windowTokens } = setup
      const error = await failure(fresh.load({ model, windowTokens }, () => stop.abort(), stop.signal))
      expect(error.type).toBe('aborted')
      expect((await failure(run(fresh, request(prompt(['Hello']), 1)))).type).toBe('not-loaded')
      await load(fresh)
      expect((await run(fresh, request(prompt(['Hello']), 1))).end.inputTokens).toBeGreaterThan(0)
      fresh.dispose()
    })

    it('reports reading, then text, then exactly one end', async () => {
      const { events, end } = await run(engine, request(prompt(['What is said first?']), 24))
      const types = events.map((event) => event.type)
      const firstText = types.indexOf('text-delta')
      expect(types.filter((type) => type === 'generation-end')).toHaveLength(1)
      expect(firstText).toBeGreaterThan(0)
      expect(types.slice(0, firstText).every((type) => type === 'prefill-progress')).toBe(true)
      expect(types.slice(firstText, -1).every((type) => type === 'text-delta')).toBe(true)
      const done = events.flatMap((event) => (event.type === 'prefill-progress' ? [event.doneTokens] : []))
      expect(done).toEqual([...done].sort((a, b) => a - b))
      for (const event of events) {
        if (event.type === 'prefill-progress') expect(event.totalTokens).toBe(end.inputTokens)
        if (event.type === 'text-delta') expect(event.outputTokens).toBeLessThanOrEqual(end.outputTokens)
      }
      expect(done.at(-1)).toBeLessThanOrEqual(end.inputTokens)
      expect(end.prefillMs).toBeGreaterThanOrEqual(0)
      expect(end.decodeMs).toBeGreaterThanOrEqual(0)
    })

    it('reads as many tokens as its own counter counts, part by part', async () => {
      const parts = prompt(['Schöne Grüße 🍎, 12345!  Two spaces.\n\n\tA tab.', 'Yes.', 'And now?'])
      const { end, text } = await run(engine, request(parts, 24))
      expect(end.inputTokens).toBe(await countParts(parts))
      const [written = 0] = await engine.countTokens([text])
      expect(Math.abs(end.outputTokens - written)).toBeLessThanOrEqual(setup.outputAllowance)
    })

    it('counts nothing in an empty text and one for a control token', async () => {
      const [control = ''] = setup.model.template.controlTokens
      expect(await engine.countTokens(['', control, control + control])).toEqual([0, 1, 2])
    })

    describeReuse({
      engine: () => engine,
      another: () => load(setup.create()),
      setup: () => setup,
      reuse: () => reuse,
      prompt,
      request,
      run,
      longText,
    })

    it('writes the same text twice at temperature 0', async () => {
      const what = request(prompt(['Say something.']), 24)
      const first = await run(engine, what)
      await run(engine, request(prompt(['Something else in between.']), 4))
      const second = await run(engine, what)
      expect(first.text).not.toBe('')
      expect(second.text).toBe(first.text)
    })

    it('ends cancelled when aborted while reading, and works on', async () => {
      const stop = new AbortController()
      const long = request(prompt([await longText(setup.windowTokens * 0.6)], setup.endless), setup.windowTokens)
      const { end } = await run(engine, long, stop.signal, () => stop.abort())
      expect(end.finishReason).toBe('cancelled')
      expect((await run(engine, request(prompt(['Hello']), 4))).end.outputTokens).toBeGreaterThan(0)
    })

    it('ends cancelled when aborted while writing, with the part that was written', async () => {
      const stop = new AbortController()
      const what = request(prompt(['Talk.'], setup.endless), setup.windowTokens)
      const { end, text } = await run(engine, what, stop.signal, (event) => event.type === 'text-delta' && stop.abort())
      expect(end.finishReason).toBe('cancelled')
      expect(end.outputTokens).toBeGreaterThan(0)
      expect(text).not.toBe('')
      expect((await run(engine, request(prompt(['Hello']), 4))).end.outputTokens).toBeGreaterThan(0)
    })

    it('ends cancelled when aborted before it began', async () => {
      const stop = new AbortController()
      stop.abort()
      const { end, text } = await run(engine, request(prompt(['Hello'], setup.endless), 50), stop.signal)
      expect(end.finishReason).toBe('cancelled')
      expect(text).toBe('')
    })

    it('ends with length at the output limit', async () => {
      const { end } = await run(engine, request(prompt(['Talk.'], setup.endless), 12))
      expect(end).toMatchObject({ finishReason: 'length', outputTokens: 12 })
    })

    it('ends with length when the window is full', async () => {
      const opening = await longText(setup.windowTokens * 0.6)
      const { end } = await run(engine, request(prompt([opening], setup.endless), setup.windowTokens))
      expect(end.finishReason).toBe('length')
      expect(end.inputTokens + end.outputTokens).toBeLessThanOrEqual(setup.windowTokens + 1)
    })

    it('ends before a stop text, which is not part of the reply', async () => {
      const what = prompt(['Talk.'], setup.endless)
      const whole = (await run(engine, request(what, 40))).text
      const characters = [...whole]
      const stop = characters.slice(characters.length / 2, characters.length / 2 + 3).join('')
      const { text, end } = await run(engine, request(what, 40, [...setup.model.template.stop, stop]))
      expect(end.finishReason).toBe('stop')
      expect(text).toBe(whole.slice(0, whole.indexOf(stop)))
    })

    it('refuses a prompt larger than the window, and works on', async () => {
      const long = request(prompt([await longText(setup.windowTokens + 20)]), 4)
      expect((await failure(run(engine, long))).type).toBe('context-overflow')
      expect((await run(engine, request(prompt(['Hello']), 4))).end.outputTokens).toBeGreaterThan(0)
    })

    it('lets a second generation wait for the first', async () => {
      const order: string[] = []
      const log = (which: string) => (event: GenerateEvent) => order.push(`${which} ${event.type}`)
      await Promise.all([
        run(engine, request(prompt(['Talk.'], setup.endless), 20), never, log('first')),
        run(engine, request(prompt(['Hello']), 4), never, log('second')),
      ])
      expect(order.findIndex((entry) => entry.startsWith('second'))).toBeGreaterThan(order.indexOf('first generation-end'))
    })

    describeJson({
      engine: () => engine,
      writesJson: () => writesJson,
      ignores: () => setup.ignoresJson === true,
      prompt,
      request,
    })

    describeRolling({ setup: () => setup, prompt, request, longText })

    describeScores({
      engine: () => engine,
      scoresTokens: () => scoresTokens,
      windowTokens: () => setup.windowTokens,
      prompt,
      write: (parts, maxOutputTokens) => run(engine, request(parts, maxOutputTokens)),
      longText,
    })

    it('cannot generate before a load or after unloading', async () => {
      const fresh = setup.create()
      expect((await failure(run(fresh, request(prompt(['Hello']), 4)))).type).toBe('not-loaded')
      expect((await failure(fresh.countTokens(['Hello']))).type).toBe('not-loaded')
      expect(await fresh.cachedConversations()).toEqual([])
      const scored = fresh.scoreTokens({ prompt: prompt(['Hello']), text: 'Hi' }, () => {}, never)
      expect((await failure(scored)).type).toBe('not-loaded')
      await load(fresh)
      await fresh.unload()
      expect((await failure(run(fresh, request(prompt(['Hello']), 4)))).type).toBe('not-loaded')
      fresh.dispose()
    })

    it('rejects with terminated what waits when it is disposed, and everything after', async () => {
      const fresh = await load(setup.create())
      const endless = request(prompt(['Talk.'], setup.endless), setup.windowTokens)
      const running = run(fresh, endless, never, (event) => event.type === 'text-delta' && fresh.dispose())
      expect((await failure(running)).type).toBe('terminated')
      expect((await failure(run(fresh, request(prompt(['Hello']), 4)))).type).toBe('terminated')
      expect((await failure(fresh.countTokens(['Hello']))).type).toBe('terminated')
    })
  })
}
