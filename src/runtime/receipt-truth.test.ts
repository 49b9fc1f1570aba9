import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { assembleWith } from '#context/assemble-with.ts'
import { bringIn, holds } from '#context/bring-in.ts'
import { checkAccount, checkCounts } from '#context/testing/check-manifest.ts'
import { anyTalk, talk } from '#context/testing/talk.ts'
import { cases } from '#context/testing/worlds.ts'
import { loadTokenCounter } from '#engine/tokenizer/load-token-counter.ts'

vi.setConfig({ testTimeout: 3_600_000 })

const runs = process.env.LONGHAND_CASES ? cases : 20
/** The built-in model's tokenizer is there once the model was fetched. */
const files = ['.models/smollm2-135m', 'e2e/fixtures/models/tiny']
  .map((folder) => `${folder}/resolve/main/tokenizer.json`)
  .filter((file) => existsSync(file))

describe.each(files)('receipts by the tokenizer of %s', (file) => {
  const counter = loadTokenCounter('real', JSON.parse(readFileSync(file, 'utf8')))

  it('are true over random histories: totals are the tokens sent, every candidate is there once, what is said to bring in does', () => {
    let prompts = 0
    let named = 0
    fc.assert(
      fc.property(anyTalk, (world) => {
        const turns = talk(world, counter.count)
        for (const { manifest, input } of turns) {
          prompts++
          checkCounts(manifest, counter.count)
          checkAccount(manifest, input)
        }
        const last = turns.at(-1)
        for (const item of last?.manifest.dropped.slice(0, 3) ?? []) {
          if (!last) return
          for (const { changes } of bringIn(last.input, last.manifest, item, counter.count)) {
            expect(holds(assembleWith(last.input, changes, counter.count), item.key), JSON.stringify(changes)).toBe(true)
            named++
          }
        }
      }),
      { numRuns: runs },
    )
    console.log(`${runs} histories, ${prompts} prompts, ${named} changes named and done`)
    expect(prompts).toBeGreaterThan(runs * 5)
    expect(named).toBeGreaterThan(runs / 10)
  })
})
