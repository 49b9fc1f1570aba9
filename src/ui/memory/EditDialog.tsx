import { useState } from 'react'
import type { Memory } from '#memory/memory.ts'
import type { MemoryId } from '#shared/ids.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Segmented } from '#ui/kit/Segmented.tsx'
import { useActions } from '#ui/longhand-context.tsx'
import { MemoryText } from './MemoryText.tsx'

type Props = { readonly memory: Memory; readonly onClose: (id?: MemoryId) => void }

/** Puts the user's words in place of a memory; the old ones stay in its history. */
export function EditDialog({ memory, onClose }: Props) {
  const summary = memory.kind === 'summary'
  const before = summary ? memory.sentences.map(({ text }) => text).join('\n') : memory.text
  const { editMemory } = useActions()
  const [text, setText] = useState(before)
  const [why, setWhy] = useState<'wrong' | 'changed'>('wrong')
  const ready = text.trim() !== '' && text.trim() !== before.trim()

  async function save() {
    const id = await editMemory(memory.id, text, why === 'changed')
    if (id) onClose(id)
  }

  return (
    <Dialog
      title={summary ? 'Correct the summary' : 'Correct it'}
      lead="Your words go into later prompts. The old ones stay in the history, and the sources stay with it."
      onClose={() => onClose()}
      foot={
        <>
          <Button onClick={() => onClose()}>Cancel</Button>
          <Button kind="primary" disabled={!ready} onClick={() => void save()}>
            Save
          </Button>
        </>
      }
    >
      <MemoryText
        label={summary ? 'Sentences, one a line' : 'What is true'}
        hint={
          summary
            ? 'A line that you leave as it is keeps its own source.'
            : 'Short and by itself: it is read without the conversation.'
        }
        value={text}
        onChange={setText}
      />
      {!summary && (
        <div className="mt-3 mb-1">
          <Segmented
            label="The old words"
            value={why}
            options={[
              { value: 'wrong', label: 'were wrong' },
              { value: 'changed', label: 'held until now' },
            ]}
            onChange={setWhy}
          />
        </div>
      )}
    </Dialog>
  )
}
