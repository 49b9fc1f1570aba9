import type { RefObject } from 'react'

type Props = {
  readonly ref: RefObject<HTMLInputElement | null>
  readonly label: string
  readonly accept: string
  readonly multiple?: boolean
  readonly onFiles: (files: readonly File[]) => void
}

/** Lets the user choose files; a button elsewhere clicks it. The same files may be chosen again. */
export function FileInput({ ref, label, accept, multiple = false, onFiles }: Props) {
  return (
    <input
      ref={ref}
      type="file"
      hidden
      aria-label={label}
      accept={accept}
      multiple={multiple}
      onChange={(event) => {
        const files = [...(event.target.files ?? [])]
        if (files.length > 0) onFiles(files)
        event.target.value = ''
      }}
    />
  )
}
