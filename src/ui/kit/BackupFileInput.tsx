import type { RefObject } from 'react'

type Props = { readonly ref: RefObject<HTMLInputElement | null>; readonly onFile: (file: File) => void }

/** Lets the user choose a backup file; a button elsewhere clicks it. The same file may be chosen again. */
export function BackupFileInput({ ref, onFile }: Props) {
  return (
    <input
      ref={ref}
      type="file"
      hidden
      aria-label="Backup file"
      accept=".gz,.jsonl,application/gzip"
      onChange={(event) => {
        const file = event.target.files?.[0]
        if (file) onFile(file)
        event.target.value = ''
      }}
    />
  )
}
