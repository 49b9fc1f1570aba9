import { expect, it } from 'vitest'
import type { PromptPart } from '#context/template.ts'
import type { EngineContractSetup } from './engine.contract.ts'
import type { CacheReuse, Engine, GenerateEvent, GenerateRequest } from './engine.ts'

type Run = {
  readonly events: readonly GenerateEvent[]
  readonly text: string
  readonly end: Extract<GenerateEvent, { type: 'generation-end' }>
}

/** What the engine contract lends: the loaded engine and another one, and ways to prompts and replies. */
type Kit = {
  readonly engine: () => Engine
  readonly another: () => Promise<Engine>
  readonly setup: () => Pick<EngineContractSetup, 'readAllowance' | 'forget'>
  readonly reuse: () => CacheReuse | undefined
  readonly prompt: (texts: readonly string[]) => readonly PromptPart[]
  readonly request: (parts: readonly PromptPart[], maxOutputTokens: number) => GenerateRequest
  readonly run: (engine: Engine, request: GenerateRequest) => Promise<Run>
  readonly longText: (tokens: number) => Promise<string>
}

/** The part of the engine contract that is about what of a prompt is read and what is used again. */
export function describeReuse({ engine, another, setup, reuse, prompt, request, run, longText }: Kit): void {
  it('reads only what is new in a second turn', async () => {
    const opening = await longText(60)
    const first = prompt([opening])
    const one = await run(engine(), request(first, 16))
    const second = prompt([opening, one.text, 'Go on, please.'])
    const two = await run(engine(), request(second, 4))
    const fresh = two.end.inputTokens - one.end.inputTokens - one.end.outputTokens
    if (reuse() === 'untold') return expectNothingClaimed(two)
    expect(two.end.cachedInputTokens).toBeGreaterThan(0)
    expect(two.end.inputTokens - two.end.cachedInputTokens).toBeLessThanOrEqual(fresh + setup().readAllowance)
    for (const event of two.events)
      if (event.type === 'prefill-progress') expect(event.doneTokens).toBeGreaterThanOrEqual(two.end.cachedInputTokens)
  })

  it('[E30] keeps what a conversation read while it works beside it', async () => {
    const opening = await longText(30)
    const talk = (texts: readonly string[], tokens: number) =>
      run(engine(), { ...request(prompt(texts), tokens), conversation: 'conv' })
    const one = await talk([opening], 8)
    await run(engine(), request(prompt(['Another thing.']), 4))
    // What a server holds is not known, and nothing is claimed.
    if (reuse() === 'server' || reuse() === 'untold') return expect(await engine().cachedConversations()).toEqual([])
    expect(await engine().cachedConversations()).toContain('conv')
    const two = await talk([opening, one.text, 'Go on.'], 4)
    const fresh = two.end.inputTokens - one.end.inputTokens - one.end.outputTokens
    expect(two.end.inputTokens - two.end.cachedInputTokens).toBeLessThanOrEqual(fresh + setup().readAllowance)
  })

  it('[E39] reads all of a prompt that is to be read afresh, writes the same, and names what it no longer holds', async () => {
    const asked = { ...request(prompt([await longText(30)]), 8), conversation: 'fresh' }
    const one = await run(engine(), asked)
    const again = await run(engine(), { prompt: asked.prompt, sampling: asked.sampling, stop: asked.stop, fresh: true })
    expect(again.text).toBe(one.text)
    expect(again.end.cachedInputTokens).toBe(0)
    const held = (await engine().cachedConversations()).includes('fresh')
    const next = await run(engine(), asked)
    if (held) expect(next.end.cachedInputTokens).toBeGreaterThan(0)
  })

  it('writes the same after a reused read as after a fresh one', async () => {
    const opening = await longText(40)
    await run(engine(), request(prompt([opening]), 8))
    const again = request(prompt([opening, 'Well.', 'What follows?']), 16)
    const reused = await run(engine(), again)
    const other = await another()
    await setup().forget?.()
    const fresh = await run(other, again)
    other.dispose()
    if (reuse() === 'untold') {
      expect(reused.text).toBe(fresh.text)
      return expectNothingClaimed(reused)
    }
    expect(reused.end.cachedInputTokens).toBeGreaterThan(0)
    expect(fresh.end.cachedInputTokens).toBe(0)
    expect(reused.text).toBe(fresh.text)
  })
}

/** Where it is never told what was used again, no figure is given and the reply says so. */
function expectNothingClaimed({ end }: Run): void {
  expect(end).toMatchObject({ cachedInputTokens: 0, unusedCache: 'not-reported' })
}
