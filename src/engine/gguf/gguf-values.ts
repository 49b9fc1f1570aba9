import { type Gguf, GgufError, type GgufValue } from './read-gguf.ts'

type WithMetadata = Pick<Gguf, 'metadata'>

/** A text of the header, undefined where it is missing or something else. */
export function textOf({ metadata }: WithMetadata, key: string): string | undefined {
  const value = metadata.get(key)
  return typeof value === 'string' ? value : undefined
}

/** A number of the header; of a list that has one for each layer, undefined. */
export function numberOf({ metadata }: WithMetadata, key: string): number | undefined {
  const value = metadata.get(key)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** A list of texts; empty where it is missing. Throws GgufError `not-gguf` where it is a list of something else. */
export function textsOf({ metadata }: WithMetadata, key: string): readonly string[] {
  const value: GgufValue = metadata.get(key) ?? []
  if (typeof value !== 'object' || value.some((entry) => typeof entry !== 'string'))
    throw new GgufError('not-gguf', `${key} in the GGUF header is not a list of texts.`)
  return value as readonly string[]
}

/** A list of numbers, or one number for all of `length` places; undefined where neither stands there. */
export function numbersOf({ metadata }: WithMetadata, key: string, length: number): readonly number[] | undefined {
  const value = metadata.get(key)
  if (typeof value === 'number') return Array.from({ length }, () => value)
  if (typeof value !== 'object' || value.length < length || value.some((entry) => typeof entry !== 'number')) return undefined
  return (value as readonly number[]).slice(0, length)
}
