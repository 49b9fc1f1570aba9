import type { Sentence } from './memory.ts'

const labels = { user: 'User', assistant: 'Assistant' } as const

/**
 * The text of a memory made of sentences, as it goes into a prompt. Quoted sentences name their speaker once for each
 * stretch of one speaker's words ("User: … …"); sentences in a model's own words stand as they are, one a line.
 */
export function renderSentences(sentences: readonly Sentence[]): string {
  let text = ''
  let speaker: Sentence['speaker'] | 'none' = 'none'
  for (const sentence of sentences) {
    if (sentence.speaker === undefined) text += `${text === '' ? '' : '\n'}${sentence.text}`
    else if (sentence.speaker === speaker) text += ` ${sentence.text}`
    else text += `${text === '' ? '' : '\n'}${labels[sentence.speaker]}: ${sentence.text}`
    speaker = sentence.speaker
  }
  return text
}
