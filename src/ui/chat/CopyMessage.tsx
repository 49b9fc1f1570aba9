import { Check, Copy } from 'lucide-react'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { useCopied } from '#ui/kit/use-copied.ts'

/** Copies a message as it was written, Markdown and all. */
export function CopyMessage({
  text,
  done,
  tabIndex,
}: {
  readonly text: string
  readonly done: string
  readonly tabIndex: number
}) {
  const { copied, copy } = useCopied()
  return (
    <IconButton
      small
      icon={copied ? Check : Copy}
      label={copied ? 'Copied' : 'Copy'}
      keys="C"
      tabIndex={tabIndex}
      onClick={() => copy(text, done)}
    />
  )
}
