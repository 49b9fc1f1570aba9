import type { Stance } from './draft.ts'
import type { Slot } from './memory.ts'
import { isA } from './word-labels.ts'

/** What a rule reads from a clause. */
export type FoundFact = { readonly slot?: Slot; readonly stance?: Stance; readonly keys?: readonly string[] }

type Groups = { readonly value: string; readonly what: string; readonly who: string }
type Rule = { readonly pattern: RegExp; readonly read: (groups: Groups) => FoundFact | undefined }

const often =
  '(?:(?:just|now|recently|currently|also|still|finally|really|always|usually|officially|temporarily|absolutely|already|both) )*'
const be = `(?:I'm|I am|we're|we are|I've been|I have been) ${often}`
const have = `(?:I|we)(?:'ve| have)? ${often}`
// A value ends where a circumstance of it begins.
const value =
  '(?<value>(?:[^,.;!?()]|[.,](?=\\d)){1,60}?)(?= (?:with|because|since|for|last|this|next|when|after|before|so|and|but|where|who|which|that|while|from|until|in \\d{4}|on|these|right|now|at the moment|instead|anymore|any more|together|two|three|\\d+)\\b|[,.](?!\\d)|[;!?()]|$)'
const homes = /\b(?:flat|house|apartment|city|town|village|street|place|farm|studio|suburbs|countryside)\b/i
const isPlace = (text: string): boolean => /^(?:the )?\p{Lu}/u.test(text) || homes.test(text)

const single = (name: string, said: string, more: Omit<FoundFact, 'slot'> = {}): FoundFact => slotted(name, said, true, more)
const many = (name: string, said: string, more: Omit<FoundFact, 'slot'> = {}): FoundFact => slotted(name, said, false, more)

function slotted(name: string, said: string, isSingle: boolean, more: Omit<FoundFact, 'slot'>): FoundFact {
  const text = said.trim().replace(/^(?:an?|the) /i, '')
  return { slot: { name: name.toLowerCase(), value: text, single: isSingle }, ...more }
}

const unique =
  'wife|husband|spouse|partner|fiancée?|girlfriend|boyfriend|boss|manager|landlord|landlady|mother|mom|mum|father|dad|doctor|dentist|therapist'
const attribute =
  'name|nickname|birthday|age|address|phone number|number|email(?: address)?|budget|deadline|goal|rent|salary|height|weight|shoe size|size|job|job title|title|role|major|hometown|nationality|time ?zone|native language|blood type|star sign|religion|password hint|commute|employer|company|car|favou?rite [\\w ]{2,25}?'

/** Statements of the user about themselves, the most telling first. Clauses come without lead-ins and with plain apostrophes. */
const rules: readonly Rule[] = [
  rule(`(?:my name is|my name's|I'm called|I am called|I go by) ${value}`, ({ value }) => single('user/name', value)),
  rule(`(?:(?:you can|please|just) )*call me (?<value>[\\p{L}'-]+)`, ({ value }) =>
    /^\p{Lu}/u.test(value) ? single('user/nickname', value) : undefined,
  ),
  rule(`(?:${be}|I (?:just )?turned )(?<value>\\d{1,3})(?: years? old| now| today)?(?=[,.!?;]|$| and)`, ({ value }) =>
    single('user/age', value),
  ),
  rule(
    `(?:(?:I|we)(?:'ve|'re| have|'m| am| are)? ${often})(?:moved|relocated)(?: back)?(?: from [^,]{2,40}?)? (?:to|into|in to) ${value}`,
    ({ value }) => (isPlace(value) ? single('user/home', value, { stance: 'changes', keys: ['home', 'live'] }) : undefined),
  ),
  rule(`(?:(?:I|we) ${often}|${be})(?:live|living|based|reside|residing) (?:in|at|near|on) ${value}`, ({ value }) =>
    single('user/home', value, { keys: ['home'] }),
  ),
  rule(
    `(?:I'm from|I am from|I come from|I ${often}grew up in|I was born in|I was raised in|we're from|we are from) ${value}`,
    ({ value }) => (isPlace(value) ? single('user/origin', value, { keys: ['home', 'born', 'grew'] }) : undefined),
  ),
  rule(`${have}(?:quit|left|lost|resigned from) (?:my|the|our) (?<value>job|position|work)\\b`, ({ value }) =>
    single('user/job', value, { stance: 'ends', keys: ['job', 'work'] }),
  ),
  rule(`(?:I ${often}|${be})(?:work|working|worked) as (?:an? |the )?${value}`, ({ value }) =>
    single('user/job', value, { keys: ['job'] }),
  ),
  rule(`(?:I ${often}|${be})(?:work|working) (?:at|for) ${value}`, ({ value }) =>
    single('user/employer', value, { keys: ['job', 'company'] }),
  ),
  rule(
    `${have}(?:got|started|accepted|landed|took|found)(?: (?:an?|my|the))?(?: new)? (?:job|position|role) as (?:an? |the )?${value}`,
    ({ value }) => single('user/job', value, { stance: 'changes', keys: ['job', 'work'] }),
  ),
  rule(
    `${have}(?:got|started|accepted|landed|took|found)(?: (?:an?|my|the))?(?: new)? (?:job|position|role) (?:at|with|for) ${value}`,
    ({ value }) => single('user/employer', value, { stance: 'changes', keys: ['job', 'work'] }),
  ),
  rule(`(?:${have}became|${have}(?:got|was) promoted to|I'm now|I am now) (?:an? |the )?${value}`, ({ value }) =>
    isA('job', value) ? single('user/job', value, { stance: 'changes', keys: ['job', 'work'] }) : undefined,
  ),
  rule(`${be}(?:an? |the )${value}`, ({ value }) =>
    isA('job', value) ? single('user/job', value, { keys: ['job', 'work'] }) : undefined,
  ),
  rule(`(?:${be}|${have}got )(?<value>married|engaged|divorced|single|widowed|separated)\\b`, ({ value }) =>
    single('user/relationship', value, { keys: ['family'] }),
  ),
  rule(
    `(?:${be}|${have}(?:became|went) )(?:an? )?(?<value>vegan|vegetarian|pescatarian|gluten[- ]free|lactose intolerant|teetotal)\\b`,
    ({ value }) => single('user/diet', value, { keys: ['food', 'eat'] }),
  ),
  rule(`${be}(?:allergic|intolerant) to ${value}`, ({ value }) => many('user/allergy', value, { keys: ['allergy', 'health'] })),
  rule(`(?:I|we) (?:can )?${often}speak ${value}`, ({ value }) => many('user/language', value, { keys: ['language'] })),
  rule(`${be}(?:learning|studying|training for|practi[sc]ing) ${value}`, ({ value }) =>
    many('user/learning', value, { keys: ['study'] }),
  ),
  rule(`my favou?rite (?<what>[\\w ]{2,25}?) (?:is|are|was|has to be|would be) (?:now )?${value}`, ({ what, value }) =>
    single(`favourite ${what}`, value, { keys: ['favourite', 'like'] }),
  ),
  rule(`(?:I|we) ${often}(?:like|love|enjoy|adore|prefer) ${value}`, ({ value }) => liking(value, 'likes')),
  rule(
    `(?:I|we) ${often}(?:hate|dislike|can't stand|cannot stand|don't like|do not like|don't enjoy|avoid|never eat|never drink) ${value}`,
    ({ value }) => liking(value, 'dislikes'),
  ),
  rule(`my (?<who>${unique})(?:'s name is| is called| is named) ${value}`, ({ who, value }) =>
    single(`my ${who}/name`, value, { keys: ['name'] }),
  ),
  rule(`my (?<what>${attribute}) (?:is|are|was|has changed to|changed to|will be) (?:now )?${value}`, ({ what, value }) =>
    single(`my ${what}`, value),
  ),
  rule(`my (?<who>[\\w'-]+) (?:is|works as) (?:now )?an? ${value}`, ({ who, value }) =>
    isA('job', value)
      ? slotted(`my ${who}/job`, value, new RegExp(`^(?:${unique})$`, 'i').test(who), { keys: ['job', 'work'] })
      : undefined,
  ),
  rule(`(?:my|our) (?<who>[\\w'-]+) lives? (?:in|at|near) ${value}`, ({ who, value }) =>
    many(`my ${who}/home`, value, { keys: ['home'] }),
  ),
  rule(
    `(?:my|our) (?<what>[\\w' -]{2,30}?)(?:,? [\\p{Lu}][^,]{1,30},)? (?:is|are|was|were|has|have|turns|works|plays|goes|lives|likes|loves|hates) ${value}`,
    ({ what, value }) => many(`my ${what}`, value),
  ),
  rule(
    `${have}(?:have|got|own|bought|adopted|keep|had) (?:an? |the |my |our |two |three |four |five |some |several |\\d+ )${value}`,
    ({ value }) => many('user/has', value),
  ),
  rule(
    `(?:I|we) ${often}(?<value>[^,.;!?]{2,50} (?:every|each|on) \\w+(?:days?|morning|evening|night|week|month|year|weekend)s?)\\b`,
    ({ value }) => many('user/habit', value, { keys: ['routine'] }),
  ),
  rule(
    `(?:please )?(?:(?:remember|note)(?: that|:)|keep in mind(?: that|:)?|(?:don't|do not) forget(?: that|:)?) (?<value>.{4,200})`,
    ({ value }) => many('user/asked', value, { keys: ['note'] }),
  ),
  rule(`(?:please )?(?:from now on|always|never)[, ]+(?<value>.{4,200})`, ({ value }) =>
    many('user/asked', value, { keys: ['instruction'] }),
  ),
]

function rule(source: string, read: Rule['read']): Rule {
  return { pattern: new RegExp(`^${source}`, 'iu'), read }
}

/** Of one thing there is one liking: the thing is in the slot's name, the liking is the value. */
function liking(what: string, value: 'likes' | 'dislikes'): FoundFact {
  const thing = what
    .replace(/^(?:an?|the|to|my|our|when) /i, '')
    .replace(/ (?:over|to|more than|rather than) .*/i, '')
    .trim()
  if (/^(?:it|that|this|them|you|him|her|the idea|how|what)$/i.test(thing)) return {}
  return {
    slot: { name: `likes/${thing.toLowerCase()}`, value, single: true },
    keys: [value === 'likes' ? 'favourite' : 'avoid'],
  }
}

/** What the first rule that fits reads from a clause; undefined when none does. */
export function readFact(clause: string): FoundFact | undefined {
  for (const { pattern, read } of rules) {
    const match = pattern.exec(clause)
    const found = match && read({ value: '', what: '', who: '', ...match.groups })
    if (found) return found
  }
  return undefined
}
