import { diffLists, type ListChange } from '#shared/diff-lists.ts'

/** At most so many words of each text are compared; what follows is shown as one change. */
const mostWords = 900

/** What changed from one text to another, in runs of words with the space after them. */
export function wordChanges(before: string, after: string): readonly ListChange<string>[] {
  const [old, fresh] = [piecesOf(before), piecesOf(after)]
  const changes: ListChange<string>[] = []
  const add = (change: ListChange<string>) => {
    const last = changes.at(-1)
    if (last?.type === change.type) changes[changes.length - 1] = { ...last, item: last.item + change.item }
    else if (change.item !== '') changes.push(change)
  }
  for (const change of diffLists(old.slice(0, mostWords), fresh.slice(0, mostWords), (piece) => piece.trim())) add(change)
  add({ type: 'left', item: old.slice(mostWords).join('') })
  add({ type: 'entered', item: fresh.slice(mostWords).join('') })
  return changes
}

function piecesOf(text: string): readonly string[] {
  return text.match(/\S+\s*|^\s+/g) ?? []
}
