import { Download, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { redactTape } from '#context/redact.ts'
import { type TapeFrame, tapeJson } from '#context/tape.ts'
import type { MessageId } from '#shared/ids.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount, formatPlural, formatTime } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { Switch } from '#ui/kit/Switch.tsx'
import { WindowBar } from '#ui/kit/window-bar/WindowBar.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { openCompare, openReceipt } from '#ui/shell/shell-state.ts'
import { saveAsFile } from './receipt-file.ts'
import { TapeChart } from './TapeChart.tsx'
import { tapeMarks, tapePage } from './tape-page.ts'
import { useReceipt } from './use-receipt.ts'

/** The window reply by reply: what was sent, reused and answered, where epochs begin and turns are folded. */
export function TapePanel({ onClose }: { readonly onClose: () => void }) {
  const { readTape } = useActions()
  const conversation = useLonghand((state) => state.open?.conversation)
  const [frames, setFrames] = useState<readonly TapeFrame[]>()
  const [at, setAt] = useState<number>()
  const headId = conversation?.headId
  // biome-ignore lint/correctness/useExhaustiveDependencies: another end of the branch is another tape.
  useEffect(() => {
    let stale = false
    void readTape().then((read) => !stale && setFrames(read))
    return () => {
      stale = true
    }
  }, [readTape, headId])
  const current = Math.min(at ?? Number.POSITIVE_INFINITY, (frames?.length ?? 1) - 1)
  const frame = frames?.[current]
  const epochs = frames?.filter(({ epochBegan }) => epochBegan !== undefined).length ?? 0
  return (
    <>
      <header className="flex h-13 flex-none items-center gap-0.5 pr-2.5 pl-5 phone:pr-1 phone:pl-4">
        <h2 className="text-base font-semibold">Tape</h2>
        {frames && (
          <span className="ml-2 min-w-0 truncate text-xs text-ink-3">
            {formatPlural(frames.length, 'reply', 'replies')}, {formatPlural(epochs, 'epoch')}
          </span>
        )}
        <span className="flex-1" />
        <IconButton icon={X} label="Close tape" keys="Esc" onClick={onClose} />
      </header>
      <div className="thin-scroll min-h-0 flex-1 overflow-auto px-5 pt-0.5 pb-4 phone:px-4">
        {frames === undefined && <p className="text-sm text-ink-2">Reading the receipts of this branch…</p>}
        {frames?.length === 0 && <p className="text-sm text-ink-2">No reply of this chat has a receipt yet.</p>}
        {frames && frame && (
          <>
            <TapeChart frames={frames} at={current} onChange={setAt} />
            <Frame frame={frame} number={current + 1} previous={frames[current - 1]?.replyId} />
          </>
        )}
      </div>
      {frames && frames.length > 0 && <Export frames={frames} title={conversation?.title ?? 'Chat'} />}
    </>
  )
}

type FrameProps = { readonly frame: TapeFrame; readonly number: number; readonly previous: MessageId | undefined }

function Frame({ frame, number, previous }: FrameProps) {
  const receipt = useReceipt(frame.replyId)
  const { inputTokens, reusedTokens, outputTokens, measured, windowTokens } = frame
  return (
    <section aria-label={`Reply ${number}`} className="mt-4">
      <p className="flex items-baseline gap-2">
        <span className="text-sm font-semibold">Reply {number}</span>
        <span className="text-xs text-ink-3">{formatTime(frame.createdAt)}</span>
      </p>
      <p className="mt-1 line-clamp-2 text-sm break-words">{frame.said}</p>
      <p className="line-clamp-2 text-sm break-words text-ink-2">{frame.answered}</p>
      <div className="mt-2.5 min-h-10">{typeof receipt === 'object' && <WindowBar manifest={receipt} tall />}</div>
      <dl className="mt-2 grid grid-cols-[1fr_auto] gap-x-3 text-xs text-ink-2">
        <dt>Sent{measured ? '' : ' (predicted)'}</dt>
        <dd className="num text-right">
          {formatCount(inputTokens)} of {formatCount(windowTokens)}
        </dd>
        <dt>Of these reused</dt>
        <dd className="num text-right">{formatCount(reusedTokens)}</dd>
        <dt>Answered</dt>
        <dd className="num text-right">{formatCount(outputTokens)}</dd>
      </dl>
      {tapeMarks(frame).map((mark) => (
        <p key={mark} className="mt-1.5 text-xs text-warn">
          {mark}
        </p>
      ))}
      <div className="mt-2 -ml-1.5 flex flex-wrap gap-x-1">
        <Button kind="text" onClick={() => openReceipt(frame.replyId)}>
          Its receipt
        </Button>
        {previous && (
          <Button kind="text" onClick={() => openCompare(previous, frame.replyId)}>
            Compare with the one before
          </Button>
        )}
      </div>
    </section>
  )
}

function Export({ frames, title }: { readonly frames: readonly TapeFrame[]; readonly title: string }) {
  const [words, setWords] = useState(true)
  const kept = () => (words ? frames : redactTape(frames))
  const name = words ? title : 'A chat'
  return (
    <footer className="flex-none border-line border-t px-5 pt-2.5 pb-3.5 phone:px-4 phone:pb-[max(10px,env(safe-area-inset-bottom))]">
      <div className="mb-2.5 text-sm">
        <Switch label="Save with the words that were said" checked={words} onChange={setWords} />
      </div>
      <div className="grid grid-cols-2 gap-1.5">
        <Button kind="outline" onClick={() => saveAsFile('longhand-tape.html', tapePage(name, kept()), 'text/html')}>
          <Icon of={Download} />
          Save as page
        </Button>
        <Button kind="outline" onClick={() => saveAsFile('longhand-tape.json', tapeJson(name, kept()), 'application/json')}>
          <Icon of={Download} />
          Save as JSON
        </Button>
      </div>
    </footer>
  )
}
