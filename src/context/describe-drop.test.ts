import { describe, expect, it } from 'vitest'
import { describeDrop } from './describe-drop.ts'
import type { DropReason, SectionName } from './manifest.ts'

describe('describeDrop', () => {
  it.each<[DropReason, SectionName | undefined, string]>([
    [{ type: 'no-room', neededTokens: 96, availableTokens: 41 }, 'recalled', 'needed 96 tokens, 41 left in Recalled'],
    [{ type: 'no-room', neededTokens: 1, availableTokens: 0 }, undefined, 'needed 1 token, 0 left'],
    [
      { type: 'no-room', neededTokens: 12_000, availableTokens: 1041 },
      'turns',
      'needed 12,000 tokens, 1,041 left in Recent turns',
    ],
    [{ type: 'below-threshold', score: 0.43, threshold: 0.45 }, 'recalled', 'score .43, needs .45 · missed by .02'],
    [{ type: 'below-threshold', score: 0.4496, threshold: 0.45 }, 'recalled', 'score .4496, needs .4500 · missed by .0004'],
    [{ type: 'below-threshold', score: 0, threshold: 1.2 }, 'recalled', 'score .00, needs 1.20 · missed by 1.20'],
    [{ type: 'in-window', ref: 'T3' }, 'recalled', 'already in the window: T3'],
    [{ type: 'superseded', by: 'mem:1', at: 3 }, 'you', 'older value, replaced on day 3'],
    [{ type: 'superseded', by: 'mem:1' }, 'you', 'older value, replaced by a newer one'],
    [{ type: 'hidden' }, 'turns', 'you hid it'],
  ])('says %o in words', (reason, section, words) => {
    expect(describeDrop(reason, section, (at) => `day ${at}`)).toBe(words)
  })
})
