import { useState } from 'react'
import type { MemoryId } from '#shared/ids.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Segmented } from '#ui/kit/Segmented.tsx'
import { Switch } from '#ui/kit/Switch.tsx'
import { useActions } from '#ui/longhand-context.tsx'
import { MemoryText } from './MemoryText.tsx'

/** Writes a memory by hand. */
export function AddDialog({ onClose }: { readonly onClose: (id?: MemoryId) => void }) {
  const { addMemory } = useActions()
  const [text, setText] = useState('')
  const [kind, setKind] = useState<'fact' | 'event' | 'loop'>('fact')
  const [pinned, setPinned] = useState(true)

  async function save() {
    const id = await addMemory(text, kind, pinned)
    if (id) onClose(id)
  }

  return (
    <Dialog
      title="Write something down"
      lead="For what you never said in a conversation, or want to be sure of."
      onClose={() => onClose()}
      foot={
        <>
          <Button onClick={() => onClose()}>Cancel</Button>
          <Button kind="primary" disabled={text.trim() === ''} onClick={() => void save()}>
            Remember it
          </Button>
        </>
      }
    >
      <MemoryText
        label="What should be known"
        hint="Short and by itself: it is read without a conversation around it."
        value={text}
        onChange={setText}
      />
      <div className="mt-3.5">
        <Segmented
          label="Kind"
          value={kind}
          options={[
            { value: 'fact', label: 'Fact' },
            { value: 'event', label: 'Event' },
            { value: 'loop', label: 'Open loop' },
          ]}
          onChange={setKind}
        />
      </div>
      <div className="mt-3.5 mb-1">
        <Switch
          label="In every prompt"
          hint="Pinned: read first in each conversation, and never left out for others."
          checked={pinned}
          onChange={setPinned}
        />
      </div>
    </Dialog>
  )
}
