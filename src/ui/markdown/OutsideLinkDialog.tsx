import { Button } from '#ui/kit/Button.tsx'
import { copyText } from '#ui/kit/copy-text.ts'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { openOutside } from '#ui/outside/open-outside.ts'
import { closeOutsideLink, useOutsideLink } from './outside-link.ts'
import { hostOf } from './safe-url.ts'

/** Shows a whole address before anything leaves the device, since a model may have been talked into writing it. */
export function OutsideLinkDialog() {
  const link = useOutsideLink((state) => state.link)
  if (!link) return null
  const host = hostOf(link.url)
  return (
    <Dialog
      title={link.kind === 'image' ? `An image at ${host}` : `Leave for ${host}?`}
      lead={
        link.kind === 'image'
          ? 'This page loads nothing from other hosts. You can open the image in a new tab; its host then learns that you did, and whatever the address holds.'
          : 'It opens in a new tab. Its host learns that you came, and whatever the address holds.'
      }
      onClose={closeOutsideLink}
      foot={
        <>
          <Button onClick={closeOutsideLink}>Stay here</Button>
          <Button kind="outline" onClick={() => void copyText(link.url, 'Address copied')}>
            Copy address
          </Button>
          <Button
            kind="primary"
            onClick={() => {
              openOutside(link.url)
              closeOutsideLink()
            }}
          >
            Open in a new tab
          </Button>
        </>
      }
    >
      <p className="my-2 rounded-md bg-sunk px-3 py-2 font-mono text-sm break-all">{link.url}</p>
    </Dialog>
  )
}
