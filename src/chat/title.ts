const maxWords = 7
const maxCharacters = 48

/** A title by rule: the beginning of the first message, cut at its first sentence or after seven words. */
export function titleFromText(text: string): string {
  const line = text.trim().split(/\n|(?<=[.!?。？！])\s/u)[0] ?? ''
  const words = line
    .replace(/[#*_`>[\]]/g, '')
    .trim()
    .split(/\s+/)
  const short = words
    .slice(0, maxWords)
    .join(' ')
    .slice(0, maxCharacters)
    .replace(/[\s.,;:!–-]+$/u, '')
  const cut = words.length > maxWords || words.join(' ').length > maxCharacters
  return short === '' ? 'New chat' : cut ? `${short}…` : short
}
