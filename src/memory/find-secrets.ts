/** Something in a text that should not be remembered. `from` and `to` are UTF-16 offsets. */
export type Secret = { readonly type: 'key' | 'card' | 'password'; readonly from: number; readonly to: number }

/** Keys as their issuers write them: the prefix says whose it is, what follows is random. */
const keys: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9_-]{20,}/g,
  /\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{30,}/g,
  /\bglpat-[A-Za-z0-9_-]{20,}/g,
  /\bhf_[A-Za-z0-9]{30,}/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /\bA(?:KIA|SIA)[0-9A-Z]{16}\b/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\bnpm_[A-Za-z0-9]{36}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
]

const cardDigits = /(?<![\p{L}\p{N}])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}])/gu

/** A word for a password, perhaps what it is for, and then what it is. */
const password =
  /\b(?:passwords?|passphrase|passcode|passwort|kennwort|contraseña|senha|mot de passe|pwd|pin(?: code)?)\b(?:\s+(?:for|to|of)\s+[^:=\n]{1,40}?)?\s*(?:[:=]|\b(?:is|was|ist|es|est)\b)\s*["'“‘`]?([^\s"'”’`]{4,})/giu

/**
 * API keys by their issuers' forms, card numbers by their check digit (Luhn, ISO/IEC 7812-1), and what is called a password
 * and looks like one: it holds a digit or sign, or letters of both cases. In order of place, not overlapping.
 */
export function findSecrets(text: string): readonly Secret[] {
  const found: Secret[] = []
  const add = (type: Secret['type'], from: number, length: number) => {
    if (found.every((known) => from + length <= known.from || from >= known.to)) found.push({ type, from, to: from + length })
  }
  for (const pattern of keys) for (const match of text.matchAll(pattern)) add('key', match.index, match[0].length)
  for (const match of text.matchAll(cardDigits))
    if (passesLuhn(match[0].replace(/\D/g, ''))) add('card', match.index, match[0].length)
  for (const match of text.matchAll(password)) {
    const word = (match[1] ?? '').replace(/[.,;!?]+$/, '')
    if (looksRandom(word) && word !== blackedOut)
      add('password', match.index + match[0].indexOf(word, match[0].length - (match[1] ?? '').length), word.length)
  }
  return found.sort((a, b) => a.from - b.from)
}

const blackedOut = '[removed]'

/** A text with every secret in it blacked out. */
export function withoutSecrets(text: string): string {
  let rest = text
  for (const { from, to } of findSecrets(text).toReversed()) rest = `${rest.slice(0, from)}${blackedOut}${rest.slice(to)}`
  return rest
}

/** Whether the last of the digits is the check digit of the others; a number of one digit repeated is no card's. */
function passesLuhn(digits: string): boolean {
  if (/^(\d)\1*$/.test(digits)) return false
  let sum = 0
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place])
    const doubled = place % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function looksRandom(word: string): boolean {
  return word.length >= 4 && (/[^\p{L}\p{M}]/u.test(word) || (/\p{Lu}/u.test(word.slice(1)) && /\p{Ll}/u.test(word)))
}
