import { describe, expect, it } from 'vitest'
import type { FactKey } from '#memory/cue.ts'
import { createLexicalIndex } from '#memory/lexical-index.ts'
import { factKeys } from '#memory/memory-candidates.ts'
import { readReply } from '#memory/read-reply.ts'
import { chosenFrom } from './apply-seek.ts'
import { disentanglement } from './disentanglement.ts'
import { dzTdpo } from './dz-tdpo.ts'
import { epiCache } from './epi-cache.ts'
import { light } from './light.ts'
import { longMemEval } from './long-mem-eval.ts'
import { mergeProfile } from './merge-profile.ts'
import { semanticAnchoring } from './semantic-anchoring.ts'
import { day, factOf, linesOf, memoryOf, round, seek, start, talk } from './strategies.fixture.ts'

describe('strategies of seeking', () => {
  it('LIGHT (#54): of the scratchpad only what fits the question is shown, beside what was recalled', async () => {
    const ops = await memoryOf(talk(['My dog is called Rex and needs pills.', 'I am allergic to walnuts.'], 30))
    const recalled = round('r', 'User: The dog was at the vet.', 0.5)
    const { candidates } = seek(light, 'Which pills does my dog need?', [recalled], ops)
    expect(candidates.map(({ kind }) => kind).sort()).toEqual(['excerpt', 'memory'])
    expect(candidates.some(({ text }) => text.includes('walnuts'))).toBe(false)
  })

  it('Semantic Anchoring (#27): rounds that name the same, or do the same, count more', () => {
    const plain = round('p', 'User: that trip was nice', 0.5)
    const named = round('n', 'User: We met Claire in Toulouse, room 12', 0.48)
    const { candidates } = seek(semanticAnchoring, 'Was it Claire who knew Toulouse?', [plain, named])
    expect(candidates[0]?.key).toBe('msg:n')
    expect(candidates[0]?.score.parts.map(({ name }) => name)).toEqual(['words', 'entities', 'act'])
  })

  it('Disentanglement (#109): rounds of the thread that the message goes on with count more', () => {
    const path = talk([
      'Bread needs flour, yeast and an oven.',
      'Ships enter the harbour at high tide.',
      'Which flour and yeast for the bread?',
    ])
    const [bread, ships] = [
      round('a0u', 'Bread needs flour, yeast and an oven.', 0.4),
      round('a1u', 'Ships enter the harbour at high tide.', 0.42),
    ]
    expect(
      seek(disentanglement, 'And how hot is the oven for the bread with yeast?', [ships, bread], [], path).candidates[0]?.key,
    ).toBe('msg:a0u')
  })

  it('EpiCache (#89, an analogue): the episode nearest to the message counts more', () => {
    const found = [
      round('b1', 'flour yeast bread oven', 0.4),
      round('s1', 'harbour ships tide pilot', 0.41),
      round('b2', 'bread dough oven rye', 0.39),
      round('s2', 'tide harbour ships low', 0.42),
    ]
    const { candidates } = seek(
      { ...epiCache, knobs: [{ ...epiCache.knobs[0], default: 2 } as never] },
      'How long is bread in the oven?',
      found,
    )
    expect(candidates.slice(0, 2).map(({ key }) => key)).toEqual(['msg:b1', 'msg:b2'])
  })

  it('DZ-TDPO (#11, an analogue): only what was contradicted counts less, and the newest value names what was', async () => {
    const ops = await memoryOf(talk(['I moved to Lisbon.', 'I moved to Porto.', 'I have a dog.'], 30))
    const [old, now, other] = [
      round('a0u', 'I moved to Lisbon.', 0.5),
      round('a1u', 'I moved to Porto.', 0.4),
      round('a2u', 'I have a dog.', 0.3),
    ]
    const { candidates, threshold } = seek(dzTdpo, 'Where do I live?', [old, now, other], ops)
    expect(candidates.map(({ key }) => key)).toEqual(['msg:a1u', 'msg:a2u', 'msg:a0u'])
    expect(candidates.filter(({ score }) => score.total >= threshold).map(({ key }) => key)).toEqual(['msg:a1u', 'msg:a2u'])
    expect(linesOf(dzTdpo, ops, start + 9 * day)).toEqual(['home: was Lisbon, now Porto (since 2026-01-06)'])
  })

  it('[M32] LongMemEval (#10): a turn is found by a fact that was learnt from it, in words that it does not hold itself', () => {
    const index = createLexicalIndex()
    const path = talk(['My sister is there since spring and likes it.', 'The market was full of bees.', 'It rained all week.'])
    index.add(path)
    const text = 'Who lives in Ghent?'
    const [first] = path
    const learnt = first && factOf('Ada lives in Ghent.', first)
    const found = (byFact?: readonly FactKey[]) =>
      index.retrieve({
        text,
        at: start + day,
        conversationId: 'conv:b',
        excludeMessageIds: [],
        otherConversationsOnly: false,
        limit: 5,
        ...(byFact && { byFact }),
      })
    expect(found().candidates).toEqual([])
    const keys = factKeys({
      memories: learnt ? [learnt] : [],
      over: mergeProfile([longMemEval]).keys,
      question: text,
      threshold: chosenFrom,
    })
    const [best] = found(keys).candidates
    expect(best?.key).toBe(first?.id)
    expect(best?.score.parts.find(({ name }) => name === 'fact')?.value).toBe(1)
    expect(best?.score.total).toBeCloseTo(best?.score.parts.reduce((sum, part) => sum + part.contribution, 0) ?? 0, 9)
    expect(mergeProfile([light]).keys).toEqual([])
  })

  it('LongMemEval (#10): what was replaced is put behind, not removed; notes come before the answer', async () => {
    const ops = await memoryOf(talk(['I moved to Lisbon.', 'I moved to Porto.'], 30))
    const { candidates } = seek(
      longMemEval,
      'Where do I live?',
      [round('a0u', 'I moved to Lisbon.', 0.9), round('a1u', 'I moved to Porto.', 0.5)],
      ops,
    )
    expect(candidates.map(({ key }) => key)).toEqual(['msg:a1u', 'msg:a0u'])
    expect(mergeProfile([longMemEval]).answer).toBe('notes-first')
    expect(readReply('notes-first', 'Notes:\n[R1] Porto\nAnswer:\nPorto', new Set(['R1']))).toMatchObject({
      answer: 'Porto',
      citations: [{ ref: 'R1' }],
    })
  })
})
