import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Dialogue, findUnequal, playDialogue, type Talker } from '#engine/testing/dialogues.ts'
import type { Pipeline } from './pipeline.ts'
import { testReuse } from './test-reuse.ts'
import { chatPrompt, greedy, TinySession } from './testing/load-tiny.ts'

/** How many random dialogues; `npm run campaign:reuse-equal` plays more. */
const dialogues = 6
const be = 'Be kind, be short, and never lie to the one who asks.'

describe('sequences of the KV cache, tiny model', () => {
  let tiny: TinySession
  beforeAll(async () => {
    tiny = await TinySession.load(1024)
  })
  afterAll(() => tiny.pipeline.unload())
  beforeEach(() => tiny.reset())

  const read = async (owner: string | undefined, texts: readonly string[], tokens = 8) => {
    const { text, end } = await tiny.reply(greedy(chatPrompt(be, texts), tokens), undefined, owner)
    return { text, end, fresh: end.inputTokens - end.cachedInputTokens }
  }
  const talker: Talker = {
    reply: (request) => tiny.reply(request, undefined, request.conversation),
    fresh: (request) => {
      tiny.reset()
      return tiny.reply(request)
    },
  }
  /** What a fresh full read writes, beside nothing. */
  const alone = async (texts: readonly string[], tokens = 8) => {
    tiny.reset()
    return (await tiny.reply(greedy(chatPrompt(be, texts), tokens))).text
  }

  // The first: the test after a load finds sequence 0, as the library made it.
  it('[E34] finds a library that reads wrongly on top of its cache, and reads whole prompts there', async () => {
    expect((await testReuse(tiny.pipeline)).reuse).toBe('several')
    const { pipeline } = tiny
    let filled = 0
    const racing: Pipeline = {
      ...pipeline,
      truncate: (tokens) => {
        filled = pipeline.truncate(tokens)
        return filled
      },
      // What stands there is overlooked.
      read: async (ids) => {
        if (filled > 0) pipeline.truncate(0)
        filled += ids.length
        return pipeline.read(ids)
      },
    }
    const found = await testReuse(racing)
    expect(found.reuse).toBe('none')
    expect(found.sequences).toBeUndefined()
    expect(found.stepTokens).toBe(pipeline.chunkTokens)
    expect(found.truncate(5)).toBe(0)
    const forkless = await testReuse({ ...pipeline, sequences: wrongForks(pipeline) })
    expect(forkless.reuse).toBe('one')
  })

  it('[E30] keeps what a conversation read while other work is done, and writes on as if it had not been', async () => {
    const first = await read('a', ['Who are you?'], 24)
    await tiny.reply(greedy(chatPrompt('Write a title.', ['Who are you?']), 8))
    await tiny.score({ prompt: chatPrompt('Score it.', ['Well?']), text: 'A text.' })
    // A replay shares the whole prompt.
    const replay = await read(undefined, ['Who are you?'], 24)
    expect(replay.text).toBe(first.text)
    expect(replay.fresh).toBeLessThanOrEqual(2)
    const texts = ['Who are you?', first.text, 'And now?']
    const second = await read('a', texts)
    expect(second.end.cachedInputTokens).toBeGreaterThanOrEqual(first.end.inputTokens + first.end.outputTokens - 1)
    expect(second.text).toBe(await alone(texts))
  })

  it('[E31] keeps the branch that was left, so that going back reads only what is new', async () => {
    const one = await read('a', ['Who are you?', 'I am.', 'Tell me of the sea and the ships on it.'], 16)
    const edited = ['Who are you?', 'I am.', 'Tell me of another thing altogether.']
    const other = await read('a', edited, 16)
    expect(other.text).toBe((await read(undefined, edited, 16)).text)
    const back = ['Who are you?', 'I am.', 'Tell me of the sea and the ships on it.', one.text, 'Go on.']
    const again = await read('a', back)
    expect(again.end.cachedInputTokens).toBeGreaterThanOrEqual(one.end.inputTokens)
    expect(again.text).toBe(await alone(back))
  })

  it('[E32] gives room to the newest: the conversation not used longest goes first, and only where it must', async () => {
    const long = (word: string) => `${word} `.repeat(50)
    await read('a', [long('alpha')])
    await read('b', [long('betas')])
    expect(tiny.pool.owners().toSorted()).toEqual(['a', 'b'])
    await read('c', [long('gamma')])
    expect(tiny.pool.owners().toSorted()).toEqual(['b', 'c'])
    expect((await read('b', [long('betas')])).fresh).toBe(1)
    // Work that leaves no room even for the last conversation takes its place, and says so.
    await read(undefined, ['x'.repeat(700)])
    expect(tiny.pool.owners()).toEqual([])
    expect((await read('b', [long('betas')])).text).toBe(await alone([long('betas')]))
  })

  it(`[E33] writes the same, greedy, as after a fresh full read: ${dialogues} dialogues in two conversations, with edits, other branches and work beside them`, async () => {
    const played: Dialogue[] = []
    for (let dialogue = 0; dialogue < dialogues; dialogue++) played.push(await playDialogue(talker, dialogue, 6))
    const sum = (of: (dialogue: Dialogue) => number) => played.reduce((all, dialogue) => all + of(dialogue), 0)
    expect(sum(({ reusedTokens }) => reusedTokens) / sum(({ promptTokens }) => promptTokens)).toBeGreaterThan(0.5)
    const written = played.flatMap((dialogue) => dialogue.written)
    expect(await findUnequal(talker, written)).toEqual([])
  })
})

/** Forks that begin with nothing. */
function wrongForks({ sequences }: Pipeline): NonNullable<Pipeline['sequences']> {
  if (!sequences) throw new Error('The fixture holds several sequences.')
  return { ...sequences, fork: (_from, to) => sequences.add(to) }
}
