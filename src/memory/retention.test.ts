import { describe, expect, it } from 'vitest'
import { extractSummary } from './extract-summary.ts'
import { foldLevels } from './fold-levels.ts'
import { branch, countWords, memory } from './memory.fixture.ts'
import type { Memory, Sentence } from './memory.ts'

// Three facts about the user in each of ten sessions, among small talk, questions and long answers.
const facts = [
  ['My sister Noor is a nurse in Antwerp.', 'I am allergic to walnuts.', 'Our wedding is on 14 June 2027.'],
  ['I work as a welder at Dockside Yards.', 'My car is a blue Volvo from 2011.', 'I decided to learn Polish this winter.'],
  ['My landlord, Mr. Claes, raised the rent to 830 euros.', 'I run 5 kilometres every Tuesday.', 'My son Bram plays the cello.'],
  [
    'I prefer tea with lemon over coffee.',
    'The dentist appointment is on 9 May at 10:30.',
    'My password hint is the old harbour.',
  ],
  ['I grew up in Vilnius until I was 12.', 'We want to paint the kitchen green.', 'My knee surgery was in March 2024.'],
  ['I have two parrots, Kiwi and Mango.', 'My budget for the trip is 1,900 euros.', 'I never eat before noon.'],
  ['My boss Ingrid retires in October.', 'We chose the Dolomites for August.', 'I own 60 records by jazz trios.'],
  ['My thesis was on tidal turbines.', 'I sold the boat to Jef for 7,000 euros.', 'I need glasses of minus 2.5.'],
  ['My neighbour Lotte waters the plants.', 'I moved to the Fern Street in 2022.', 'I hate flying at night.'],
  ['My grandmother turns 90 on 2 December.', 'I am learning to bake rye bread.', 'We are going to adopt a greyhound.'],
] as const

const session = (number: number) =>
  branch(
    'a',
    [
      ['user', 'Hi! How are you doing today?'],
      ['assistant', 'Doing well, thank you. What would you like to talk about?'],
      ['user', `${facts[number]?.[0]} Anyway, what do you think about that?`],
      [
        'assistant',
        'That sounds good. There are many ways to look at it, and it often helps to write things down. Would you like some ideas?',
      ],
      ['user', `Sure, go on. By the way: ${facts[number]?.[1]}`],
      [
        'assistant',
        'Noted! Here are some general tips: take breaks, drink water, plan ahead. Small steps matter. Consistency is key.',
      ],
      ['user', `Can you tell me something funny? ${facts[number]?.[2]}`],
      ['assistant', 'Why did the bicycle fall over? It was two-tired! Let me know if you want another one.'],
    ],
    [],
    `s${number}`,
  )

/** Facts of the sessions so far that stand in a summary of level 0, and in one of any level. */
function retention(passes: number, maxSentences: number): { planted: number; first: number; level0: number; anyLevel: number } {
  const levels: Memory[] = []
  const version = (level: number, sentences: readonly Sentence[]) => memory(`v${level}`, { kind: 'summary', level, sentences })
  for (let number = 0; number < passes; number++) {
    const caps = { maxSentences, maxTokens: 400, count: countWords }
    const { sentences, fallen } = extractSummary({
      ...(levels[0] && { previous: levels[0] }),
      messages: session(number),
      ...caps,
    })
    levels[0] = version(0, sentences)
    const folded = foldLevels({ fallen, above: levels.slice(1), maxLevels: 2, ...caps })
    for (const { level, sentences: upper } of folded.levels) levels[level] = version(level, upper)
  }
  const planted = facts.slice(0, passes).flat()
  const holds = (memories: readonly Memory[], fact: string) =>
    memories.some((one) => one.sentences.some(({ text }) => text.includes(fact.split('.')[0] ?? fact)))
  const share = (some: readonly string[], memories: readonly Memory[]) =>
    some.filter((fact) => holds(memories, fact)).length / some.length
  return {
    planted: planted.length,
    first: share(facts[0] ?? [], levels),
    level0: share(planted, levels.slice(0, 1)),
    anyLevel: share(planted, levels),
  }
}

describe('retention of the extractive summary', () => {
  it('[M11] planted facts survive 1, 3 and 10 passes as far as the caps let them', () => {
    const lines: string[] = []
    for (const passes of [1, 3, 10]) {
      const { planted, first, level0, anyLevel } = retention(passes, 12)
      const show = (share: number) => `${Math.round(100 * share)} %`
      lines.push(
        `${passes} passes, ${planted} facts: level 0 keeps ${show(level0)}, all levels ${show(anyLevel)}, of the first session's ${show(first)}`,
      )
      // At most as many as there are places; of these most must be facts and not small talk.
      expect(level0 * planted).toBeGreaterThanOrEqual(0.75 * Math.min(planted, 12))
      expect(anyLevel * planted).toBeGreaterThanOrEqual(0.75 * Math.min(planted, 36))
      expect(first).toBeGreaterThanOrEqual(2 / 3)
    }
    console.log(lines.join('\n'))
  })
})
