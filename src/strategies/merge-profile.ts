import { readModes } from '#memory/read-modes.ts'
import type { SeekWeights } from '#memory/rescore.ts'
import type { Plan } from './profile.ts'
import type { Section, SectionName, Strategy, Writer } from './strategy.ts'

/** The order of the sections in the head: what changes least stands first. */
const sectionOrder: readonly SectionName[] = ['core', 'portrait', 'slots', 'facts', 'shared', 'loops', 'outline', 'chronology']

/**
 * Strategies become one plan, mechanically (methods 3.5): writers of the same kind are one; the weights of one strategy hold,
 * the last that has any; choices stand in their order; a section has the most lines that one gives it; one way to answer wins,
 * by priority. Strategies do not know each other.
 */
export function mergeProfile(strategies: readonly Strategy[]): Plan {
  const writers = new Map<string, Writer>()
  const sections = new Map<SectionName, Section>()
  for (const strategy of strategies) {
    for (const writer of strategy.remember) {
      const key = `${writer.writer} ${writer.on}`
      const kinds = new Set([...(writers.get(key)?.kinds ?? []), ...writer.kinds])
      writers.set(key, { ...writer, kinds: [...kinds] })
    }
    for (const section of strategy.lay)
      sections.set(section.section, { ...section, most: Math.max(section.most, sections.get(section.section)?.most ?? 0) })
  }
  const seek: SeekWeights = strategies.findLast((one) => Object.keys(one.seek).length > 0)?.seek ?? {}
  const answer = strategies
    .map((one) => one.answer)
    .reduce((best, next) => (readModes[next].priority > readModes[best].priority ? next : best), 'direct')
  return {
    writers: [...writers.values()],
    seek,
    keys: [...new Set(strategies.flatMap(({ keys }) => keys))],
    choices: strategies.flatMap(({ choose }) => choose),
    searches: Math.max(0, ...strategies.map(({ searches }) => searches)),
    sections: sectionOrder.flatMap((name) => sections.get(name) ?? []),
    order: strategies.some(({ order }) => order === 'ends-first') ? 'ends-first' : 'strongest-first',
    recalls: strategies.every(({ recalls }) => recalls),
    answer,
    calls: {
      beforeReply: strategies.reduce((sum, { calls }) => sum + calls.beforeReply, 0) + readModes[answer].callsBefore,
      perEpoch: strategies.reduce((sum, { calls }) => sum + calls.perEpoch, 0),
    },
    knobs: Object.fromEntries(strategies.flatMap(({ id, knobs }) => knobs.map((knob) => [`${id}.${knob.name}`, knob.default]))),
  }
}
