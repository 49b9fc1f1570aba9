/** What parts of a score are called on the screen. A name that is not here is shown as it is, without its dashes. */
const wordsOf: Readonly<Record<string, string>> = {
  kin: 'related words',
  episode: 'same episode',
  beside: 'beside a hit',
  around: 'near hits',
  answers: 'answers a hit',
  speaker: 'who said it',
  user: 'you said it',
  statement: 'about yourself',
  numbers: 'has a number',
  standing: 'a standing wish',
  searched: 'the model searched for it',
  fact: 'a fact learnt from it',
  likeness: 'neural likeness',
  // Of receipts made by earlier versions.
  neighbours: 'beside a hit',
  conversation: 'same conversation',
  recency: 'recent',
  retention: 'still fresh',
}

/** "beside a hit"; a part that nobody gave words to by its own name. */
export function scorePartWords(name: string): string {
  return wordsOf[name] ?? name.replace(/[-_]+/g, ' ')
}
