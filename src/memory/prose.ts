import type { TextRange } from '#shared/text-sentences.ts'

/** Stretches of a text between code fences; one that is not closed goes to the end. */
export function fencedRanges(text: string): readonly TextRange[] {
  return [...text.matchAll(/^[ \t]*(```|~~~)[^\n]*\n[\s\S]*?(?:^[ \t]*\1[^\n]*$|$(?![\s\S]))/gm)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }))
}

/** Rules out rules, table rows, bare links and other lines that are mostly not letters. */
export function isProse(text: string): boolean {
  const letters = text.match(/[\p{L}\p{N}]/gu)?.length ?? 0
  return letters >= 2 && letters * 2 >= text.length && !/^\s*(?:\||#{1,6}\s|https?:\S+$)/.test(text)
}
