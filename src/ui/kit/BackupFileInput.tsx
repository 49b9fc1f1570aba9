import type { RefObject } from 'react'
import { FileInput } from './FileInput.tsx'

type Props = { readonly ref: RefObject<HTMLInputElement | null>; readonly onFile: (file: File) => void }

/** Lets the user choose a backup file; a button elsewhere clicks it. */
export function BackupFileInput({ ref, onFile }: Props) {
  return (
    <FileInput
      ref={ref}
      label="Backup file"
      accept=".gz,.jsonl,application/gzip"
      onFiles={([file]) => {
        if (file) onFile(file)
      }}
    />
  )
}
