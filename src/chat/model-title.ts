import type { Message } from './message.ts'

const excerptCharacters = 600

/** What a model is asked in order to name a conversation. */
export function titlePrompt(messages: readonly Message[]): { readonly system: string; readonly user: string } {
  const said = messages
    .filter(({ role }) => role === 'user')
    .map(({ text }) => `- ${text.replace(/\s+/g, ' ').slice(0, 160)}`)
    .join('\n')
    .slice(0, excerptCharacters)
  return {
    system: 'You name conversations. Answer with a title of two to six words and nothing else.',
    user: `What one person wrote in a conversation:\n${said}\n\nTitle:`,
  }
}

/** The title if it is one: two to eight words, one line, and at least half of its longer words were said. Else undefined. */
export function acceptTitle(answer: string, messages: readonly Message[]): string | undefined {
  const title = answer
    .split('\n')[0]
    ?.replace(/^["'“”*#\s]+|["'“”*.\s]+$/gu, '')
    .replace(/^title:\s*/i, '')
  const words = title?.split(/\s+/) ?? []
  if (!title || words.length < 2 || words.length > 8 || title.length > 60) return undefined
  const said = messages.map(({ text }) => text.toLowerCase()).join(' ')
  const long = words.filter((word) => word.length > 3)
  const found = long.filter((word) => said.includes(word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')))
  return long.length > 0 && found.length * 2 >= long.length ? title : undefined
}
