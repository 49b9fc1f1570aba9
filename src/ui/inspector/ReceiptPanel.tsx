import { ChevronLeft, ChevronRight, Download, FileText, Film, GitCompareArrows, Quote, RotateCw, X } from 'lucide-react'
import { useState } from 'react'
import type { Manifest } from '#context/manifest.ts'
import { receiptJson } from '#context/receipt-json.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatTime } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import type { ReceiptPanelProps } from '#ui/shell/receipt-panel-props.ts'
import { openCompare, openTape } from '#ui/shell/shell-state.ts'
import { RawPrompt } from './RawPrompt.tsx'
import { Receipt } from './Receipt.tsx'
import { receiptFileName, saveAsFile } from './receipt-file.ts'
import { RunAgain } from './rerun/RunAgain.tsx'
import { SaveReceipt } from './SaveReceipt.tsx'
import { Sources } from './sources/Sources.tsx'
import { turnNumbers } from './turn-numbers.ts'
import { useReceipt } from './use-receipt.ts'

type View = 'receipt' | 'raw' | 'sources' | 'run'

const views = [
  { name: 'raw', label: 'Raw prompt', icon: FileText },
  { name: 'sources', label: 'Sources', icon: Quote },
  { name: 'run', label: 'Run again', icon: RotateCw },
] as const

/** The receipt of one reply: what was in its prompt, what was left out and why, what was reused. Fills the shell's frame. */
export function ReceiptPanel({ replyId, focus, threeWays = false, previousId, nextId, onShow, onClose }: ReceiptPanelProps) {
  const stored = useReceipt(replyId)
  const [view, setView] = useState<View>(threeWays ? 'run' : 'receipt')
  const manifest = stored === 'missing' ? undefined : stored
  return (
    <>
      <header className="flex h-13 flex-none items-center gap-0.5 pr-2.5 pl-5 phone:pr-1 phone:pl-4">
        <h2 className="text-base font-semibold">Receipt</h2>
        {manifest && <Subtitle manifest={manifest} />}
        <span className="flex-1" />
        <IconButton icon={ChevronLeft} label="Previous receipt" {...step(previousId, onShow)} />
        <IconButton icon={ChevronRight} label="Next receipt" {...step(nextId, onShow)} />
        <IconButton icon={X} label="Close receipt" keys="Esc" onClick={onClose} />
      </header>
      <div className="thin-scroll min-h-0 flex-1 overflow-auto px-5 pt-0.5 pb-4 phone:px-4">
        {manifest && view === 'receipt' && (
          <>
            <Receipt key={replyId} manifest={manifest} focus={focus} />
            <SaveReceipt manifest={manifest} />
          </>
        )}
        {manifest && view === 'raw' && <RawPrompt manifest={manifest} />}
        {manifest && view === 'sources' && <Sources key={replyId} manifest={manifest} />}
        {manifest && view === 'run' && <RunAgain key={replyId} manifest={manifest} threeWays={threeWays} />}
        {stored === undefined && <p className="text-sm text-ink-2">Reading the receipt…</p>}
        {stored === 'missing' && <Missing />}
      </div>
      {manifest && (
        <footer className="grid flex-none grid-cols-2 in-[aside:has([data-wide])]:grid-cols-3 gap-1.5 border-line border-t px-5 pt-2.5 pb-3.5 phone:auto-cols-max phone:grid-flow-col phone:grid-cols-none phone:in-[aside:has([data-wide])]:grid-cols-none phone:overflow-x-auto phone:px-4 phone:pb-[max(10px,env(safe-area-inset-bottom))]">
          <Button
            kind="outline"
            onClick={() => saveAsFile(receiptFileName(manifest, 'json'), receiptJson(manifest), 'application/json')}
          >
            <Icon of={Download} />
            Download receipt
          </Button>
          {views.map(({ name, label, icon }) => (
            <Button
              key={name}
              kind="outline"
              aria-pressed={view === name}
              className="aria-pressed:bg-sunk aria-pressed:font-semibold"
              onClick={() => setView(view === name ? 'receipt' : name)}
            >
              <Icon of={icon} />
              {label}
            </Button>
          ))}
          <Button
            kind="outline"
            disabled={previousId === undefined}
            title={previousId === undefined ? 'It is the first reply of this branch' : undefined}
            onClick={() => previousId && openCompare(previousId, replyId)}
          >
            <Icon of={GitCompareArrows} />
            Compare with previous
          </Button>
          <Button kind="outline" onClick={openTape}>
            <Icon of={Film} />
            Tape
          </Button>
        </footer>
      )}
    </>
  )
}

function step(target: ReceiptPanelProps['replyId'] | undefined, onShow: ReceiptPanelProps['onShow']) {
  return target === undefined ? { disabled: true } : { onClick: () => onShow(target) }
}

function Subtitle({ manifest }: { readonly manifest: Manifest }) {
  const open = useLonghand((state) => state.open)
  const turn = turnNumbers(open).get(manifest.userMessageId)
  const siblings = open?.siblings[manifest.replyId] ?? []
  const version = siblings.length > 1 ? [`version ${siblings.indexOf(manifest.replyId) + 1} of ${siblings.length}`] : []
  const numbered = turn === undefined ? [] : [`turn ${turn}`]
  const parts = [...numbered, ...version, formatTime(manifest.createdAt), manifest.model.name]
  return <span className="ml-2 min-w-0 truncate text-xs text-ink-3">{parts.join(' · ')}</span>
}

function Missing() {
  return (
    <div className="max-w-80 text-sm text-ink-2">
      <p className="font-semibold text-ink">This reply has no receipt</p>
      <p className="mt-1">
        Its receipt is not on disk: it was lost with a damaged row, or the reply came from a backup without it. What was in that
        prompt cannot be said any more, so nothing is shown.
      </p>
    </div>
  )
}
