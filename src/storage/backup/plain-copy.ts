const deepest = 64
const forbidden = new Set(['__proto__', 'constructor', 'prototype'])

/** Why a parsed value cannot be let in. */
export class UnsafeJson extends Error {}

/** A copy of parsed JSON made of fresh objects; names that could reach a prototype and bottomless nesting are refused. */
export function plainCopy(value: unknown, depth = 0): unknown {
  if (value === null || typeof value !== 'object') return value
  if (depth > deepest) throw new UnsafeJson('is nested too deeply')
  if (Array.isArray(value)) return value.map((part) => plainCopy(part, depth + 1))
  const copy: Record<string, unknown> = {}
  for (const [key, part] of Object.entries(value)) {
    if (forbidden.has(key)) throw new UnsafeJson(`has a forbidden name, ${key}`)
    copy[key] = plainCopy(part, depth + 1)
  }
  return copy
}
