const advice =
  /\bshould i\b|\bhelp me\b|\b(?:can|could|would) you (?:please )?(?:suggest|recommend|explain|help|show|write|plan|walk)|\bhow (?:do|can|could|might) i\b|\b(?:would|do) you (?:suggest|recommend)\b|\bany (?:tips|advice|ideas|suggestions|recommendations)\b/i
const whole =
  /\b(?:in (?:what|which) order|the order in which|summar(?:y|ies|i[sz]e[sd]?)|throughout|over time|so far|overview|across)\b|\bhow (?:has|have|did) .*\b(?:evolved?|developed?|changed?|progress(?:ed)?)\b/i

/** Whether a cue asks for advice or about the whole of a subject, not for one detail. By rules, English only. */
export function asksAtLarge(text: string): boolean {
  return advice.test(text) || whole.test(text)
}
