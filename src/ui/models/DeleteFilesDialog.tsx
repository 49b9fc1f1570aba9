import type { Model } from '#ports/model.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { formatBytes } from '#ui/kit/format.ts'
import { useActions } from '#ui/longhand-context.tsx'

type Props = { readonly model: Model; readonly diskBytes: number | undefined; readonly onClose: () => void }

/** Asks before a model's files are removed. */
export function DeleteFilesDialog({ model, diskBytes, onClose }: Props) {
  const { deleteModelFiles } = useActions()
  const again =
    model.source === 'file'
      ? 'This removes the copy in the browser; your own file is not touched. To use the model again, bring the file again.'
      : 'To use the model again, it has to be downloaded again.'
  const room = diskBytes ? `This frees ${formatBytes(diskBytes)}. ` : ''
  return (
    <Dialog
      title={`Delete the files of ${model.name}?`}
      lead={`${room}Your conversations and receipts stay. ${again}`}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Keep them</Button>
          <Button
            kind="destructive"
            onClick={() => {
              void deleteModelFiles(model.id)
              onClose()
            }}
          >
            Delete files
          </Button>
        </>
      }
    />
  )
}
