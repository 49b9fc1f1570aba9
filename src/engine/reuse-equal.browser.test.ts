import { describe, expect, it } from 'vitest'
import type { Engine, GenerateRequest } from '#ports/engine.ts'
import { builtIn } from './catalogue/built-in.ts'
import { tinyModel } from './catalogue/tiny-model.ts'
import { collectReply } from './testing/collect-reply.ts'
import { findUnequal, playDialogue, type Talker } from './testing/dialogues.ts'
import { inPieces } from './testing/in-pieces.ts'
import { createWebllmEngine } from './webllm/create-webllm-engine.ts'
import { createWllamaEngine } from './wllama/create-wllama-engine.ts'

/**
 * A campaign, `npm run campaign:reuse-equal`: DIALOGUES random dialogues (50), MODEL `tiny` or `built-in`, ENGINE `webllm` or
 * `wllama`, which has no build of `tiny`. It stops after VITE_MINUTES and goes on with the next dialogue when it is started again.
 */
const env = import.meta.env as Readonly<Record<string, string | undefined>>
const dialogues = Number(env.VITE_DIALOGUES ?? 0)
const engineName = env.VITE_ENGINE === 'wllama' ? 'wllama' : 'webllm'
const model = env.VITE_EQUAL === 'built-in' ? builtIn : tinyModel
const turns = model === builtIn ? 4 : 6
const never = new AbortController().signal

type Row = { readonly replies: number; readonly unequal: number; readonly reusedTokens: number; readonly promptTokens: number }

function talkTo(engine: Engine): Talker {
  const reply = (request: GenerateRequest) => collectReply(engine.generate(request, never))
  return { reply, fresh: (request) => reply({ ...request, fresh: true }) }
}

describe.skipIf(!dialogues)('[E33] a reply on a reused cache is that of a fresh full read', () => {
  it(`${dialogues} dialogues, ${model.name}, ${engineName}`, { timeout: 3_600_000 }, async () => {
    const pieces = await inPieces<Row>(`equal-${engineName}-${model.id}`)
    const engine = engineName === 'wllama' ? createWllamaEngine() : createWebllmEngine()
    await engine.load({ model, windowTokens: 512 }, () => {}, never)
    const talker = talkTo(engine)
    while (pieces.rows.length < dialogues && !pieces.isOver()) {
      const { written, reusedTokens, promptTokens } = await playDialogue(talker, pieces.rows.length, turns)
      const unequal = await findUnequal(talker, written)
      for (const one of unequal) console.log(JSON.stringify(one))
      await pieces.add({ replies: written.length, unequal: unequal.length, reusedTokens, promptTokens })
    }
    engine.dispose()
    const sum = (of: (row: Row) => number) => pieces.rows.reduce((all, row) => all + of(row), 0)
    const reused = `${sum((row) => row.reusedTokens)} of ${sum((row) => row.promptTokens)} prompt tokens reused`
    console.log(
      `${pieces.rows.length} dialogues: ${sum((row) => row.unequal)} of ${sum((row) => row.replies)} replies unequal; ${reused}`,
    )
    expect(sum((row) => row.unequal)).toBe(0)
  })
})
