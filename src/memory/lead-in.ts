const openers =
  'well|so|oh|ah|yes|yeah|yep|no|nope|ok|okay|also|and|but|then|by the way|btw|actually|in fact|just so you know|fyi|for context|for the record|to be clear|correction|sorry|hi|hello|hey(?: there)?|thanks|thank you|anyway|currently|recently|lately|now|these days|nowadays|unfortunately|luckily|honestly|of course|sure|today|yesterday|last (?:week|month|year|night|summer|winter|spring|autumn|fall)|this (?:morning|week|month|year)|(?:in|since|after|before) \\w+(?: \\d{4})?|on \\w+(?: \\d{1,2})?'
const leadIn = new RegExp(`^(?:(?:${openers})[,!:.]*\\s+)+`, 'i')
const correcting = /\b(?:actually|correction|sorry|to be clear|no)\b/i

/** A clause without the words that only lead in to it ("By the way, …"), and whether these say that something was wrong. */
export function withoutLeadIn(text: string): { readonly text: string; readonly corrects: boolean } {
  const lead = leadIn.exec(text)?.[0] ?? ''
  return { text: text.slice(lead.length).replaceAll('’', "'"), corrects: correcting.test(lead) }
}
