import { splitSentences } from '#shared/text-sentences.ts'

/** The lines of a model's summary without list marks, headings and opening remarks; a single paragraph is cut into its sentences. */
export function summaryLines(output: string): readonly string[] {
  const lines = output
    .split('\n')
    .map((line) =>
      line
        .replace(/^\s*(?:[-*•–]|\d{1,2}[.)]|\[\d{1,2}\])\s+/, '')
        .replaceAll('**', '')
        .trim(),
    )
    .filter((line) => line !== '' && !/^(?:#|===)/.test(line) && !/:$/.test(line))
  const [only] = lines
  if (lines.length !== 1 || only === undefined) return lines
  return splitSentences(only).map(({ from, to }) => only.slice(from, to))
}
