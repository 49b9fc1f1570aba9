import { diffLists, type ListChange } from './diff-lists.ts'

/** A stretch of two texts laid side by side. */
export type TextChange = { readonly type: 'kept' | 'entered' | 'left'; readonly text: string }

const lines = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? []
const words = (text: string): readonly string[] => text.match(/\s+|[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_]/gu) ?? []

/**
 * What changed from one text to another: by lines first, and by words where lines stand for one another. Joined without what
 * entered it is the first text, without what left the second.
 */
export function diffText(before: string, after: string): readonly TextChange[] {
  const changes: TextChange[] = []
  let left: string[] = []
  let entered: string[] = []
  const settle = () => {
    const told = left.length > 0 && entered.length > 0
    const old = left.join('')
    const fresh = entered.join('')
    if (told) push(changes, diffLists(words(old), words(fresh)))
    else if (old !== '') push(changes, [{ type: 'left', value: old }])
    else if (fresh !== '') push(changes, [{ type: 'entered', value: fresh }])
    left = []
    entered = []
  }
  for (const { type, value } of diffLists(lines(before), lines(after))) {
    if (type === 'left') left.push(value)
    else if (type === 'entered') entered.push(value)
    else {
      settle()
      push(changes, [{ type, value }])
    }
  }
  settle()
  return changes
}

/** Adds changes, joining those of one kind that follow one another. */
function push(changes: TextChange[], more: readonly ListChange<string>[]): void {
  for (const { type, value } of more) {
    const last = changes.at(-1)
    if (last?.type === type) changes[changes.length - 1] = { type, text: last.text + value }
    else changes.push({ type, text: value })
  }
}
