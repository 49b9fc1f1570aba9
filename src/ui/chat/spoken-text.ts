/** Markdown as it is read aloud: without its signs, code blocks named instead of spelled. */
export function spokenText(markdown: string): string {
  return markdown
    .replace(/```[^\n]*\n[\s\S]*?(?:```|$)/g, ' Code block. ')
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, 'Image: $1')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^ {0,3}(?:#{1,6} |> ?|[-*+] )/gm, '')
    .replace(/(\*\*|__|[*_~`])(?=\S)([^\n]*?\S)\1/g, '$2')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Whole sentences of a text from an offset on, and where they end; nothing while the sentence at the offset is unfinished. */
export function wholeSentences(text: string, from: number): { readonly text: string; readonly end: number } {
  const rest = text.slice(from)
  const ends = [...rest.matchAll(/[.!?…:]["')\]]*(?=\s)|\n{2,}/g)]
  const last = ends.at(-1)
  if (!last) return { text: '', end: from }
  const end = from + last.index + last[0].length
  return { text: text.slice(from, end), end }
}
