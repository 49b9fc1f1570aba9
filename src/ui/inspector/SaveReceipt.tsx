import { useState } from 'react'
import type { Manifest } from '#context/manifest.ts'
import { receiptJson } from '#context/receipt-json.ts'
import { redactReceipt } from '#context/redact.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Switch } from '#ui/kit/Switch.tsx'
import { receiptFileName, saveAsFile } from './receipt-file.ts'
import { receiptPage } from './receipt-page.ts'

/** Saves a receipt as a page that needs no Longhand, or as data; with its words or with its figures only. */
export function SaveReceipt({ manifest }: { readonly manifest: Manifest }) {
  const [words, setWords] = useState(true)
  const kept = () => (words ? manifest : redactReceipt(manifest))
  return (
    <section aria-labelledby="keep-copy" className="mt-4.5">
      <h3 id="keep-copy" className="mb-1 text-sm font-semibold">
        Keep a copy
      </h3>
      <Switch label="With the words of the prompt" checked={words} onChange={setWords} />
      <div className="mt-1.5 flex flex-wrap gap-1.5">
        <Button kind="outline" onClick={() => saveAsFile(receiptFileName(manifest, 'html'), receiptPage(kept()), 'text/html')}>
          Save as page
        </Button>
        <Button
          kind="outline"
          onClick={() => saveAsFile(receiptFileName(manifest, 'json'), receiptJson(kept()), 'application/json')}
        >
          Save as JSON
        </Button>
      </div>
    </section>
  )
}
