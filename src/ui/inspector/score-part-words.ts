/** What parts of a score are called on the screen. A name that is not here is shown as it is, without its dashes. */
const wordsOf: Readonly<Record<string, string>> = {
  neighbours: 'beside a hit',
  conversation: 'same conversation',
  speaker: 'who said it',
  statement: 'says something',
  recency: 'recent',
  retention: 'still fresh',
}

/** "beside a hit"; a part that nobody gave words to by its own name. */
export function scorePartWords(name: string): string {
  return wordsOf[name] ?? name.replace(/[-_]+/g, ' ')
}
