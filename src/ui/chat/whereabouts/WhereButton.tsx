import { CircleHelp } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Message } from '#chat/message.ts'
import { IconButton } from '#ui/kit/IconButton.tsx'

const WhereDialog = lazy(async () => ({ default: (await import('./WhereDialog.tsx')).WhereDialog }))

/** Asks what became of a message in the prompt of the newest reply. */
export function WhereButton({ message, tabIndex }: { readonly message: Message; readonly tabIndex: number }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton small icon={CircleHelp} label="Was it remembered?" tabIndex={tabIndex} onClick={() => setOpen(true)} />
      {open && (
        <Suspense>
          <WhereDialog message={message} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
