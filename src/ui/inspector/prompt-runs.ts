import type { Manifest, ManifestItem, SectionName } from '#context/manifest.ts'

/** A stretch of one prompt part: inside an item, or template text between items. */
export type PromptRun = { readonly text: string; readonly item?: { readonly ref: string; readonly section: SectionName } }

/** One part of the prompt as sent, cut where items begin and end; the runs joined are the part's exact text. */
export function promptRuns(manifest: Manifest, part: number): readonly PromptRun[] {
  const text = manifest.prompt[part]?.text ?? ''
  const marks = manifest.sections
    .flatMap((section) => section.items.map((item) => ({ item, section: section.name })))
    .filter(({ item }) => item.part === part)
    .sort((a, b) => a.item.from - b.item.from)
  const runs: PromptRun[] = []
  let done = 0
  for (const { item, section } of marks) {
    const range = within(item, done, text.length)
    if (!range) continue
    if (range.from > done) runs.push({ text: text.slice(done, range.from) })
    runs.push({ text: text.slice(range.from, range.to), item: { ref: item.ref, section } })
    done = range.to
  }
  if (done < text.length) runs.push({ text: text.slice(done) })
  return runs
}

/** Where an item lies in the text that is not yet used; absent when it would overlap or be empty. */
function within(item: ManifestItem, done: number, length: number): { from: number; to: number } | undefined {
  const from = Math.max(item.from, done)
  const to = Math.min(item.to, length)
  return to > from ? { from, to } : undefined
}
