import { convoMem } from './convo-mem.ts'
import { episode } from './episode.ts'
import { fnCtod } from './fn-ctod.ts'
import { gapChat } from './gap-chat.ts'
import { keepMeUpdated } from './keep-me-updated.ts'
import { light } from './light.ts'
import { lostInTheMiddle } from './lost-in-the-middle.ts'
import { memGpt } from './mem-gpt.ts'
import { memoryBank } from './memory-bank.ts'
import { mergeProfile } from './merge-profile.ts'
import { ownProfile } from './own-mix.ts'
import type { Plan, Profile } from './profile.ts'
import { reBot } from './re-bot.ts'
import { recursiveSummary } from './recursive-summary.ts'
import { s3Dst } from './s3-dst.ts'
import { sinks } from './sinks.ts'

const everyday: Profile = {
  id: 'everyday',
  name: 'Everyday',
  about: 'Facts kept up to date, a summary, and your plans after a pause.',
  strategies: [convoMem, recursiveSummary, keepMeUpdated, gapChat, lostInTheMiddle],
}

/** The profiles on offer (methods 3.5); the first is the default. */
export const profiles: readonly Profile[] = [
  everyday,
  {
    id: 'companion',
    name: 'Companion',
    about: 'Everyday, and a portrait of you, what you went through together, and a time line.',
    strategies: [...everyday.strategies, memoryBank, episode, reBot],
  },
  {
    id: 'project',
    name: 'Project',
    about: 'An outline by topics, a card of what is settled, and a scratchpad of which only what fits is shown.',
    strategies: [convoMem, recursiveSummary, s3Dst, fnCtod, light],
  },
  {
    id: 'agent',
    name: 'Agent',
    about: 'The model keeps a core text about you itself. For large models.',
    strategies: [recursiveSummary, memGpt],
  },
  {
    id: 'bare',
    name: 'Bare',
    about: 'No memory beside the newest turns: to compare with.',
    strategies: [sinks],
  },
]

/** The profile of a conversation, one on offer or the user's own mix; the default where it names none, or one that is gone. */
export function profileOf(id: string | undefined): Profile {
  return profiles.find((profile) => profile.id === id) ?? ownProfile(id ?? '') ?? everyday
}

/** Whether a plan keeps a summary; without one, turns that do not fit are left out and nothing stands for them. */
export const writesSummary = (plan: Plan): boolean => plan.writers.some(({ writer }) => writer === 'summary')

/** Whether a plan lets the model choose or search before every reply, where it may. */
export const choosesByModel = (plan: Plan): boolean => plan.searches > 0 || plan.choices.some(({ by }) => by === 'model')

const plans = new Map<string, Plan>()

/** What a profile's strategies come to together. */
export function planOf(id: string | undefined): Plan {
  const profile = profileOf(id)
  const known = plans.get(profile.id) ?? mergeProfile(profile.strategies)
  plans.set(profile.id, known)
  return known
}
