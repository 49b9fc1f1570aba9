import type { Message } from '#chat/message.ts'
import { type Clause, clausesOf } from './clauses.ts'
import { comingDate, statedDuration } from './coming-date.ts'
import { dateRange } from './date-range.ts'
import type { Draft, Stance } from './draft.ts'
import { type FoundFact, readFact } from './fact-rules.ts'
import { withoutLeadIn } from './lead-in.ts'
import { sentenceInformation } from './sentence-information.ts'
import { labelsOf } from './word-labels.ts'

const dayMs = 86_400_000
/** GapChat (paper #47): an event that is going on counts a day, one without a stated end two years. */
const ongoingMs = dayMs
/** Worth from which a statement about oneself that no rule knows is a fact too: it names or numbers something. */
const worthOfUnknown = 0.5

const firstPerson = /^(?:(?:I|we|my|our)\b|I'|we')/i
const hedged =
  /^(?:if|when|imagine|suppose|pretend|let's say|what if|I wish|I(?:'d| would| could| might| guess| suppose| wonder)|maybe|perhaps)\b/i
const asking =
  /^(?:I|we)(?:'m| am|'d| would)? (?:just |also |really )?(?:need (?:you|help|some|to know|advice)|want (?:you|to know|help)|like (?:you|to know|some)|have an? (?:question|problem|idea)|trying|wondering|looking for|asking|curious)\b/i
const ending =
  /\b(?:no longer|not [^,.]{0,40}\b(?:any ?more|any longer)|(?:don't|do not|doesn't|isn't|aren't|am not|'m not) [^,.]{0,60}\b(?:any ?more|any longer))\b|^(?:I|we)(?:'ve| have)? (?:just |finally |recently )?(?:stopped|quit|gave up|given up|sold|cancelled|canceled|got rid of|broke up with|finished|completed|recovered from|dropped out of)\b/i
const plan =
  /^(?:I|we)(?:'m| am|'re| are)? (?:(?:just|also|now|really|still|finally) )*(?:going to|planning|plan to|about to|have to|need to|want to|hope to|hoping to|intend to|decided to|supposed to|due to|will|flying|leaving|travelling|traveling|moving|starting|getting married|visiting|meeting|having|taking|expecting)\b|^(?:I|we)(?:'ll| will) |^(?:I|we)(?:'ve| have)? (?:got |booked |scheduled )?(?:an?|my|our|the) [\w' -]{0,25}\b(?:appointment|exam|test|interview|meeting|flight|deadline|trip|wedding|surgery|presentation|party|concert|race|marathon|holiday|vacation)\b|^(?:my|our) [\w' -]{2,40} (?:is|are|starts?|begins?|takes place) (?:on|in|at|tomorrow|next|this)\b/i
const happened =
  /^(?:I|we)(?:'ve| have)? (?:just |finally |recently |also )*(?:\w+ed|went|was|were|met|bought|saw|got|had|made|took|ran|began|came|flew|drove|ate|found|gave|left|lost|read|sold|spent|taught|told|thought|won|wrote|built|broke|chose|caught|did|heard|paid|put|sent|swam)\b/i

type Said = { readonly message: Message; readonly clause: Clause; readonly plain: string; readonly corrects: boolean }

/** Statements of the user about themselves: questions, suppositions, quotations and code say nothing of the kind (rule M20). */
function statements(messages: readonly Message[]): readonly Said[] {
  return messages
    .filter(({ role, status }) => role === 'user' && status !== 'error')
    .flatMap((message) =>
      clausesOf(message).flatMap((clause): Said[] => {
        const { text: plain, corrects } = withoutLeadIn(clause.text)
        if (/[?？]["'”’)]*$/.test(clause.text) || hedged.test(plain) || asking.test(plain)) return []
        return [{ message, clause, plain, corrects }]
      }),
    )
}

/** Facts, plans and events that users tell of themselves, each with the exact words as its text, by rules alone. */
export function extractByRules(messages: readonly Message[]): readonly Draft[] {
  return statements(messages).flatMap((said): Draft[] => {
    const { plain, message } = said
    const asked =
      /^(?:please|remember(?: that|:)|note(?: that|:)|keep in mind|don't forget|from now on|always|never|(?:you can |just )?call me)/i.test(
        plain,
      )
    if (!asked && !firstPerson.test(plain)) return []
    const fact = readFact(plain)
    if (ending.test(plain)) return [draft(said, 'fact', { ...fact, stance: 'ends' })]
    const coming = comingDate(plain, message.createdAt)
    const known = fact?.slot && (fact.slot.single || fact.stance !== undefined)
    if (
      plan.test(plain) &&
      !known &&
      (coming ||
        statedDuration(plain) ||
        /\b(?:going to|plan|booked|decided|appointment|exam|interview|deadline|wedding|trip)/i.test(plain))
    )
      return [draft(said, 'loop', {}, coming ? coming.to - message.createdAt : statedDuration(plain))]
    if (happened.test(plain) && !known && dateRange(plain, message.createdAt)) return [draft(said, 'event', fact, ongoingMs)]
    if (fact) return [draft(said, 'fact', fact)]
    return sentenceInformation(plain, 'user').worth >= worthOfUnknown ? [draft(said, 'fact', {})] : []
  })
}

function draft({ message, clause, corrects }: Said, kind: Draft['kind'], found: FoundFact = {}, durationMs?: number): Draft {
  const evidence = [{ conversationId: message.conversationId, messageId: message.id, from: clause.from, to: clause.to }]
  const stance: Stance = found.stance ?? (corrects ? 'corrects' : 'states')
  return {
    kind,
    sentences: [{ text: clause.text, evidence, speaker: 'user' }],
    evidence,
    at: message.createdAt,
    stance,
    ...(found.slot && { slot: found.slot }),
    keys: [...new Set([...(found.keys ?? []), ...labelsOf(clause.text)])],
    ...(durationMs !== undefined && durationMs > 0 && { durationMs }),
    madeBy: 'extracted',
  }
}
