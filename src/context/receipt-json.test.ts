import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { textOf } from '#context/testing/check-manifest.ts'
import { anyInput, cases, manifestOf } from '#context/testing/worlds.ts'
import { assemble } from './assemble.ts'
import { receiptJson } from './receipt-json.ts'

vi.setConfig({ testTimeout: 900_000 })

const schema = z.fromJSONSchema(JSON.parse(readFileSync(new URL('./manifest.schema.json', import.meta.url), 'utf8')))

describe('receiptJson', () => {
  it('is a document of the published schema, for any prompt', () => {
    let made = 0
    fc.assert(
      fc.property(anyInput, fc.boolean(), ({ input, count }, ended) => {
        const manifest = manifestOf(() => assemble(input, count))
        if (!manifest) return
        made++
        const { inputTokens, cachedInputTokens } = manifest.predicted
        const actual = {
          inputTokens,
          cachedInputTokens,
          outputTokens: 3,
          queueMs: 0,
          prefillMs: 1.5,
          decodeMs: 2,
          finishReason: 'stop' as const,
        }
        const document = JSON.parse(receiptJson(ended ? { ...manifest, actual } : manifest))
        const result = schema.safeParse(document)
        expect(result.error?.issues ?? []).toEqual([])
        expect(document.promptText).toBe(textOf(manifest))
        expect(Object.keys(document).slice(0, 2)).toEqual(['schema', 'version'])
      }),
      { numRuns: cases },
    )
    expect(made).toBeGreaterThan(cases / 2)
  })

  it.each([
    [
      'a section that no version has',
      (d: Record<string, unknown>) => ({ ...d, sections: [{ name: 'tools', tokens: 1, budgetTokens: 1, items: [] }] }),
    ],
    ['another version', (d: Record<string, unknown>) => ({ ...d, version: 2 })],
    ['a fraction of a token', (d: Record<string, unknown>) => ({ ...d, predicted: { inputTokens: 1.5, cachedInputTokens: 0 } })],
    ['a missing prompt', ({ prompt: _, ...d }: Record<string, unknown>) => d],
    ['something more', (d: Record<string, unknown>) => ({ ...d, more: 1 })],
  ])('the schema refuses %s', (_name, spoil) => {
    const [sample] = fc.sample(
      anyInput.filter(({ input, count }) => manifestOf(() => assemble(input, count)) !== undefined),
      { numRuns: 1, seed: 7 },
    )
    if (!sample) throw new Error('no sample')
    const document = JSON.parse(receiptJson(assemble(sample.input, sample.count)))
    expect(schema.safeParse(document).success).toBe(true)
    expect(schema.safeParse(spoil(document)).success).toBe(false)
  })
})
