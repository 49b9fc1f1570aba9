/** What a message does (Semantic Anchoring, paper #27, with fewer labels), by rules. */
export type DialogueAct = 'question' | 'request' | 'plan' | 'decision' | 'correction' | 'opinion' | 'small talk' | 'answer'

const signs: readonly (readonly [DialogueAct, RegExp])[] = [
  ['correction', /^\s*(?:no,|actually|correction|sorry,|i meant|not quite)|\bthat(?:'s| is) (?:wrong|not right)\b/i],
  ['question', /[?？]\s*["'”’)]*\s*$|^\s*(?:what|when|where|who|why|how|which|do|does|did|is|are|can|could|will|would)\b/i],
  ['request', /^\s*(?:please|could you|can you|write|give|show|tell|list|explain|summari[sz]e|translate|help)\b/i],
  ['decision', /\b(?:decided|decide on|we chose|i chose|let's go with|settled on|agreed)\b/i],
  ['plan', /\b(?:going to|plan(?:ning)? to|i'll|we'll|tomorrow|next (?:week|month|year)|appointment|booked)\b/i],
  ['opinion', /\b(?:i (?:think|believe|feel|like|love|hate|prefer)|in my opinion|favou?rite)\b/i],
  [
    'small talk',
    /^\s*(?:hi|hello|hey|thanks|thank you|good (?:morning|evening|night)|bye|okay|ok|great|nice)\b[^.?!]{0,30}[.!]?\s*$/i,
  ],
]

/** The first act whose sign a text bears; a text without one answers or tells. */
export function dialogueAct(text: string): DialogueAct {
  return signs.find(([, sign]) => sign.test(text))?.[0] ?? 'answer'
}
