import type { FileProgress } from '#engine/model-files/file-progress.ts'
import { formatBytes, formatDuration } from '#ui/kit/format.ts'

/** What a file was checked by, for people. */
const checks: Readonly<Record<Extract<FileProgress['state'], { type: 'kept' }>['checkedBy'], string>> = {
  sha256: 'checked by SHA-256',
  md5: 'checked by MD5',
  size: 'checked by size only: no digest is published',
  nothing: 'not checked: no digest and no size is published',
}

function fileWords({ state, doneBytes, totalBytes }: FileProgress): string {
  switch (state.type) {
    case 'waiting':
      return 'waits'
    case 'fetching':
      return `${formatBytes(doneBytes)}${totalBytes === undefined ? '' : ` of ${formatBytes(totalBytes)}`}`
    case 'retrying':
      return `broke off; tried again in ${formatDuration(state.waitMs / 1000)}`
    case 'damaged':
      return 'was damaged; fetched again'
    case 'kept':
      return `${formatBytes(doneBytes)}, ${checks[state.checkedBy]}`
  }
}

/** Each file of a download, on demand. */
export function FileList({ files }: { readonly files: readonly FileProgress[] }) {
  const kept = files.filter(({ state }) => state.type === 'kept').length
  return (
    <details className="mt-3 text-sm">
      <summary className="num w-fit cursor-pointer text-ink-2 touch:py-3">
        {kept} of {files.length} files are here
      </summary>
      <ul className="mt-1 text-xs text-ink-2">
        {files.map((file) => (
          <li key={file.name} className="flex flex-wrap justify-between gap-x-4 border-line border-b py-1">
            <span className="font-mono break-all">{file.name}</span>
            <span className="num">{fileWords(file)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
