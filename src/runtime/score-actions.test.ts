import { describe, expect, it } from 'vitest'
import { cutText } from '#context/selective/cut-text.ts'
import { lastManifest, ready } from './longhand.fixture.ts'

const quiet = () => ({ signal: new AbortController().signal })
const told = 'She said that the garden of the old house is not large enough. We talked about it for a long time on Friday.'

describe('scoreTokens', () => {
  it('scores a text by itself and after a prompt, stores nothing, and the chat goes on', async () => {
    const longhand = await ready()
    const reply = await longhand.say('Ada keeps bees in Ghent.')
    const manifest = await lastManifest(longhand)
    const before = longhand.state().open?.messages.length
    const alone = await longhand.actions.scoreTokens({ text: told }, quiet())
    if (alone.type !== 'done') throw new Error(alone.type)
    expect(alone.scores.map(({ text }) => text).join('')).toBe(told)
    expect(alone.by).toEqual({ type: 'model', modelId: manifest.model.id, name: manifest.model.name })
    const seen: number[] = []
    const watch = { ...quiet(), onProgress: ({ doneTokens }: { doneTokens: number }) => seen.push(doneTokens) }
    const after = await longhand.actions.scoreTokens({ prompt: manifest.prompt, text: reply }, watch)
    if (after.type !== 'done') throw new Error(after.type)
    // The script writes this very reply: no token of it is less likely than one half.
    for (const { logProbability } of after.scores) expect(logProbability).toBeGreaterThan(Math.log(0.5))
    expect(seen.at(-1)).toBe(manifest.predicted.inputTokens + after.scores.length)
    expect(longhand.state().open?.messages.length).toBe(before)
    await longhand.say('And now?')
    const next = await lastManifest(longhand)
    expect(next.actual?.inputTokens).toBe(next.predicted.inputTokens)
    expect(next.actual?.cachedInputTokens).toBeGreaterThanOrEqual(next.predicted.cachedInputTokens)
  })

  it('makes the next prompt say that it is read anew, where the engine says so', async () => {
    const longhand = await ready({ script: { reuse: 'one' } })
    await longhand.say('Ada keeps bees in Ghent.')
    longhand.actions.setDraft('And now?')
    await longhand.until(({ preview }) => (preview?.manifest.predicted.cachedInputTokens ?? 0) > 0)
    await longhand.actions.scoreTokens({ text: told }, quiet())
    await longhand.until(({ preview }) => preview?.manifest.predicted.cachedInputTokens === 0)
  })

  it('says when it was stopped, when a turn came first, and when no model is loaded', async () => {
    const longhand = await ready({ script: { readTokensPerSecond: 400 } })
    const stop = new AbortController()
    const long = told.repeat(6)
    const stopped = longhand.actions.scoreTokens({ text: long }, { signal: stop.signal, onProgress: () => stop.abort() })
    expect((await stopped).type).toBe('stopped')
    const scoring = longhand.actions.scoreTokens({ text: long }, quiet())
    await longhand.say('Hello')
    expect((await scoring).type).toBe('interrupted')
    await longhand.actions.unloadModel()
    expect(await longhand.actions.scoreTokens({ text: told }, quiet())).toMatchObject({
      type: 'failed',
      problem: { type: 'engine/not-loaded' },
    })
  })

  it('fails where the engine gives no probabilities', async () => {
    const longhand = await ready({ script: { scores: false } })
    expect(await longhand.actions.scoreTokens({ text: told }, quiet())).toMatchObject({
      type: 'failed',
      problem: { type: 'engine/not-offered' },
    })
  })
})

describe('shortenText', () => {
  it('counts by the model’s tokenizer, and the scores of the model decide what goes', async () => {
    const longhand = await ready()
    const byWords = await longhand.actions.shortenText(told, 0.3)
    const scored = await longhand.actions.scoreTokens({ text: told }, quiet())
    if (scored.type !== 'done' || !byWords) throw new Error('not scored')
    const turned = scored.scores.map((token, at) => ({ ...token, logProbability: at < scored.scores.length / 2 ? -9 : -1 }))
    const byModel = await longhand.actions.shortenText(told, 0.3, { scores: turned, by: scored.by })
    expect(byWords.shortening.by).toEqual({ type: 'words' })
    expect(byModel?.shortening.by).toEqual(scored.by)
    expect(byModel?.shortening.cuts).not.toEqual(byWords.shortening.cuts)
    expect(cutText(told, byModel?.shortening.cuts ?? [])).toContain('She said that the garden')
    expect(byWords).toMatchObject({ estimated: false, wholeTokens: scored.scores.length })
    expect(byWords.tokens).toBeLessThan(byWords.wholeTokens)
  })
})

describe('a shortened item', () => {
  it('is sent as planned, and undo sends it whole', async () => {
    const longhand = await ready()
    await longhand.say(told)
    const [said] = longhand.state().open?.messages ?? []
    const short = await longhand.actions.shortenText(told, 0.5)
    if (!said || !short) throw new Error('nothing to shorten')
    const change = { type: 'shorten', key: said.id, shortening: short.shortening } as const
    const planned = await longhand.actions.planPrompt({ type: 'next' }, [change])
    await longhand.actions.applyPlan({ type: 'next' }, [change])
    await longhand.say('And now?')
    const item = (manifest: Awaited<ReturnType<typeof lastManifest>>) =>
      manifest.sections.flatMap(({ items }) => items).find(({ key }) => key === said.id)
    const sent = await lastManifest(longhand)
    expect(item(sent)).toMatchObject({ text: cutText(told, short.shortening.cuts), shortened: { whole: told } })
    expect(planned?.type === 'planned' && item(planned.manifest)?.shortened).toEqual(item(sent)?.shortened)
    expect((await longhand.storage.chat.getMessage(said.id))?.text).toBe(told)
    longhand.state().notices.at(-1)?.action?.run()
    await longhand.until(({ open }) => open?.conversation.wishes?.shortened === undefined)
    await longhand.say('And again?')
    expect(item(await lastManifest(longhand))?.text).toBe(told)
  })
})
