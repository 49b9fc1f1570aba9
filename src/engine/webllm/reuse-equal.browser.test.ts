import { describe, expect, it } from 'vitest'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { tinyModel } from '#engine/catalogue/tiny-model.ts'
import { inPieces } from '#engine/testing/in-pieces.ts'
import { findUnequal, playDialogue } from './testing/dialogues.ts'
import { TinySession } from './testing/load-tiny.ts'

/**
 * A campaign, `npm run campaign:reuse-equal`: DIALOGUES random dialogues (50), MODEL `tiny` or `built-in`. It stops after VITE_MINUTES
 * and goes on with the next dialogue when it is started again.
 */
const dialogues = Number(import.meta.env.VITE_DIALOGUES ?? 0)
const model = import.meta.env.VITE_EQUAL === 'built-in' ? builtIn : tinyModel
const turns = model === builtIn ? 4 : 6

type Row = { readonly replies: number; readonly unequal: number; readonly reusedTokens: number; readonly promptTokens: number }

describe.skipIf(!dialogues)('[E33] a reply on a reused cache is that of a fresh full read', () => {
  it(`${dialogues} dialogues, ${model.name}`, { timeout: 3_600_000 }, async () => {
    const pieces = await inPieces<Row>(`equal-${model.id}`)
    const session = await TinySession.load(512, model)
    while (pieces.rows.length < dialogues && !pieces.isOver()) {
      session.reset()
      const { written, reusedTokens, promptTokens } = await playDialogue(session, pieces.rows.length, turns)
      const unequal = await findUnequal(session, written)
      for (const one of unequal) console.log(JSON.stringify(one))
      await pieces.add({ replies: written.length, unequal: unequal.length, reusedTokens, promptTokens })
    }
    await session.pipeline.unload()
    const sum = (of: (row: Row) => number) => pieces.rows.reduce((all, row) => all + of(row), 0)
    const reused = `${sum((row) => row.reusedTokens)} of ${sum((row) => row.promptTokens)} prompt tokens reused`
    console.log(
      `${pieces.rows.length} dialogues: ${sum((row) => row.unequal)} of ${sum((row) => row.replies)} replies unequal; ${reused}`,
    )
    expect(sum((row) => row.unequal)).toBe(0)
  })
})
