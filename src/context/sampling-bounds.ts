import type { Sampling } from './manifest.ts'

/** What a user can set of sampling as a number. */
export type SamplingNumber = Exclude<keyof Sampling, 'stop' | 'jsonSchema'>

type Bounds = { readonly name: string; readonly least: number; readonly most: number; readonly whole?: true }

/** What engines take, and how each is called. */
export const samplingBounds: Readonly<Record<SamplingNumber, Bounds>> = {
  temperature: { name: 'Temperature', least: 0, most: 2 },
  topP: { name: 'Top-p', least: 0.01, most: 1 },
  topK: { name: 'Top-k', least: 1, most: 1000, whole: true },
  minP: { name: 'Min-p', least: 0, most: 1 },
  repetitionPenalty: { name: 'Repetition penalty', least: 0.5, most: 2 },
  presencePenalty: { name: 'Presence penalty', least: -2, most: 2 },
  frequencyPenalty: { name: 'Frequency penalty', least: -2, most: 2 },
  seed: { name: 'Seed', least: 0, most: 2_147_483_647, whole: true },
  maxOutputTokens: { name: 'Longest reply', least: 16, most: 32_768, whole: true },
}

/** The most stop texts, and characters of one. */
const stopLimits = { texts: 8, characters: 64 } as const

/** A number as it was typed, with a point or a comma; or what is wrong with it, in words. */
export function readSamplingNumber(
  key: SamplingNumber,
  typed: string,
): { readonly value: number } | { readonly problem: string } {
  const { name, least, most, whole } = samplingBounds[key]
  const text = typed.trim().replace(',', '.')
  const value = Number(text)
  const range = `from ${least} to ${most.toLocaleString('en-GB')}`
  if (text === '' || !Number.isFinite(value)) return { problem: `${name} is a number ${range}.` }
  if (whole && !Number.isInteger(value)) return { problem: `${name} is a whole number ${range}.` }
  if (value < least || value > most) return { problem: `${name} goes ${range}.` }
  return { value }
}

/** Stop texts as they were typed, one a line, `\n` for a line break; or what is wrong with them. */
export function readStopTexts(typed: string): { readonly value: readonly string[] } | { readonly problem: string } {
  const lines = typed.split('\n').map((line) => line.replaceAll('\\n', '\n'))
  const value = [...new Set(lines.filter((line) => line.trim() !== '' || line.includes('\n')))]
  if (value.length > stopLimits.texts)
    return { problem: `There can be ${stopLimits.texts} stop texts; these are ${value.length}.` }
  const long = value.find((text) => text.length > stopLimits.characters)
  if (long !== undefined)
    return { problem: `A stop text has at most ${stopLimits.characters} characters; “${long.slice(0, 12)}…” has ${long.length}.` }
  return { value }
}

/** Stop texts as they are typed. */
export const writeStopTexts = (texts: readonly string[]) => texts.map((text) => text.replaceAll('\n', '\\n')).join('\n')
