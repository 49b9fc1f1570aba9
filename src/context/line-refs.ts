import { readModes } from '#memory/read-modes.ts'
import type { AssembleInput } from './assemble-input.ts'

const marks = /\[([RS]\d{1,3})\]/g

/**
 * Refs that messages of the path name, as replies name their sources: no line of this prompt gets one of them anew, or a mark in
 * an older reply would name something else (rule C43). None where lines bear no numbers.
 */
export function namedRefs({ readMode, path, continued }: AssembleInput): ReadonlySet<string> {
  const named = new Set<string>()
  if (!readMode || !readModes[readMode].numbered) return named
  for (const { text, thought } of continued ? [...path, continued] : path)
    for (const [, ref = ''] of `${thought?.text ?? ''}\n${text}`.matchAll(marks)) named.add(ref)
  return named
}

const none: ReadonlySet<string> = new Set()

/** The ref after `last` (0: the first) of a section that nothing names yet. */
export function refAfter(letter: string, last: number, named: ReadonlySet<string> = none): string {
  let number = last + 1
  while (named.has(`${letter}${number}`)) number++
  return `${letter}${number}`
}

/** 12 of `R12`. */
export function numberOfRef(ref: string): number {
  return Number(ref.slice(1))
}
