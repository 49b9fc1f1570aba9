import { expect, it } from 'vitest'
import type { PromptPart } from '#context/template.ts'
import type { Engine, GenerateEvent, GenerateRequest } from './engine.ts'
import type { Model } from './model.ts'

/** What the engine contract lends: fresh engines, and ways to prompts and replies. */
type Kit = {
  readonly setup: () => { readonly create: () => Engine; readonly model: Model; readonly windowTokens: number }
  readonly prompt: (texts: readonly string[]) => readonly PromptPart[]
  readonly request: (parts: readonly PromptPart[], maxOutputTokens: number) => GenerateRequest
  readonly longText: (tokens: number) => Promise<string>
}

const never = new AbortController().signal
const sinkTokens = 4

async function lastEvent(events: AsyncIterable<GenerateEvent>) {
  let last: GenerateEvent | undefined
  for await (const event of events) last = event
  if (last?.type !== 'generation-end') throw new Error('The generation ended without its last event.')
  return last
}

/** The part of the engine contract that is about rolling windows. */
export function describeRolling({ setup, prompt, request, longText }: Kit): void {
  it('[E94] refuses a rolling window where the build is not known to roll', async () => {
    const { create, model, windowTokens } = setup()
    const engine = create()
    const builds = Object.fromEntries(Object.entries(model.builds).map(([name, { rolls: _rolls, ...build }]) => [name, build]))
    const rolling = { keptTokens: windowTokens / 2, sinkTokens }
    const load = engine.load({ model: { ...model, builds }, windowTokens, rolling }, () => {}, never)
    await expect(load).rejects.toMatchObject({ name: 'EngineError', type: 'not-offered' })
    engine.dispose()
  })

  it('[E94] reads and answers in a rolling window what its cache does not hold, up to the window', async () => {
    const { create, model, windowTokens } = setup()
    const engine = create()
    if (!model.builds[engine.name]?.rolls) return engine.dispose()
    const rolling = { keptTokens: windowTokens / 2, sinkTokens }
    const loaded = await engine.load({ model, windowTokens, rolling }, () => {}, never)
    expect(loaded).toMatchObject({ windowTokens, rolling, reuse: 'appended' })
    const parts = prompt([await longText(windowTokens * 0.6)])
    const end = await lastEvent(engine.generate(request(parts, 4), never))
    expect(end.inputTokens).toBeGreaterThan(rolling.keptTokens)
    expect(end.outputTokens).toBeGreaterThan(0)
    // The same again: what rolled out cannot be had back, so nothing can be cut, and all is read anew.
    const again = await lastEvent(engine.generate(request(parts, 4), never))
    expect(again).toMatchObject({ cachedInputTokens: 0, unusedCache: 'appended', outputTokens: end.outputTokens })
    const tooLong = prompt([await longText(windowTokens * 1.2)])
    await expect(lastEvent(engine.generate(request(tooLong, 4), never))).rejects.toMatchObject({ type: 'context-overflow' })
    engine.dispose()
  })
}
