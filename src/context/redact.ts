import type { Manifest, Shortened } from './manifest.ts'
import type { TapeFrame } from './tape.ts'

/** What stands in place of words that are not to be shown: how many characters they were. */
function withheld(text: string): string {
  return text === '' ? '' : `[${text.length} characters not shown]`
}

/** A receipt with all of its figures and none of its words. Places in the prompt are those of the prompt as it was. */
export function redactReceipt(manifest: Manifest): Manifest {
  type Worded = { readonly text: string; readonly conversationTitle?: string; readonly shortened?: Shortened }
  const hide = <Item extends Worded>(item: Item): Item => {
    const { conversationTitle: _title, shortened, ...rest } = item
    const without = shortened && { shortened: { ...shortened, whole: withheld(shortened.whole), cuts: [] } }
    return { ...(rest as Item), text: withheld(item.text), ...without }
  }
  return {
    ...manifest,
    prompt: manifest.prompt.map((part) => ({ ...part, text: withheld(part.text) })),
    sections: manifest.sections.map((section) => ({ ...section, items: section.items.map(hide) })),
    dropped: manifest.dropped.map(hide),
  }
}

export function redactTape(frames: readonly TapeFrame[]): readonly TapeFrame[] {
  return frames.map((frame) => ({ ...frame, said: withheld(frame.said), answered: withheld(frame.answered) }))
}
