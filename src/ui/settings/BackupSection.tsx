import { useRef, useState } from 'react'
import type { BackupState } from '#runtime/state.ts'
import { BackupFileInput } from '#ui/kit/BackupFileInput.tsx'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { formatBytes, formatCount, formatDay, formatPlural, formatTime } from '#ui/kit/format.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'
import { SettingRow, SettingsSection } from './SettingsSection.tsx'

/** Everything into one file, and back from one. A file is checked whole before anything is asked. */
export function BackupSection() {
  const backup = useLonghand((state) => state.backup)
  const { writeBackup, checkBackup, discardBackup } = useActions()
  const input = useRef<HTMLInputElement>(null)
  const busy = backup.type === 'writing' || backup.type === 'checking' || backup.type === 'restoring'
  const choose = () => input.current?.click()
  return (
    <SettingsSection title="Backup">
      <SettingRow
        name="Write a backup"
        hint="Conversations with all versions, receipts, memory and settings, in one file that only you have. Not encrypted."
      >
        <Button kind="outline" disabled={busy} onClick={() => void writeBackup()}>
          Write a backup
        </Button>
      </SettingRow>
      <SettingRow
        name="Restore from a file"
        hint="The file is checked first. Nothing changes before you have seen what it holds."
      >
        <Button kind="outline" disabled={busy} onClick={choose}>
          Check a file…
        </Button>
        <BackupFileInput ref={input} onFile={(file) => void checkBackup(file)} />
      </SettingRow>
      {busy && (
        <p role="status" className="py-3 text-sm text-ink-2">
          {progressWords(backup)}
        </p>
      )}
      {backup.type === 'staged' && <Staged summary={backup.summary} />}
      {backup.type === 'failed' && (
        <div role="alert" className="py-3">
          <ProblemNote problem={backup.problem}>
            <Button kind="outline" onClick={choose}>
              Choose another file
            </Button>
            <Button onClick={() => void discardBackup()}>Dismiss</Button>
          </ProblemNote>
        </div>
      )}
    </SettingsSection>
  )
}

function progressWords(backup: BackupState): string {
  if (backup.type === 'restoring') return 'Restoring…'
  if (backup.type !== 'writing' && backup.type !== 'checking') return ''
  return `${backup.type === 'writing' ? 'Written' : 'Checked'}: ${formatPlural(backup.rows, 'row')}, ${formatBytes(backup.bytes)}`
}

function Staged({ summary }: { readonly summary: Extract<BackupState, { type: 'staged' }>['summary'] }) {
  const { restoreBackup, discardBackup } = useActions()
  const present = useLonghand((state) => state.conversations.length)
  const [asking, setAsking] = useState(false)
  const made = `${formatDay(summary.madeAt, Date.now())}, ${formatTime(summary.madeAt)}`
  return (
    <div role="status" className="py-3">
      <p className="font-semibold">The file is whole</p>
      <dl className="mt-1 grid w-fit grid-cols-[auto_auto] gap-x-6 text-sm text-ink-2">
        <dt>Made</dt>
        <dd>{made}</dd>
        <dt>Conversations</dt>
        <dd className="num">{formatCount(summary.conversations)}</dd>
        <dt>Messages</dt>
        <dd className="num">{formatCount(summary.messages)}</dd>
        <dt>Changes of memory</dt>
        <dd className="num">{formatCount(summary.memoryOps)}</dd>
      </dl>
      <div className="mt-2 flex flex-wrap gap-1.5">
        <Button kind="outline" onClick={() => setAsking(true)}>
          Restore…
        </Button>
        <Button onClick={() => void discardBackup()}>Do not restore</Button>
      </div>
      {asking && (
        <Dialog
          title="Replace everything with this backup?"
          lead={`The ${formatPlural(present, 'conversation')} here now, with their memory and receipts, give way to the ${formatPlural(summary.conversations, 'conversation')} of ${made}. Write a backup of what is here first, if you may want it again.`}
          onClose={() => setAsking(false)}
          foot={
            <>
              <Button onClick={() => setAsking(false)}>Cancel</Button>
              <Button
                kind="destructive"
                onClick={() => {
                  setAsking(false)
                  void restoreBackup()
                }}
              >
                Replace everything
              </Button>
            </>
          }
        />
      )}
    </div>
  )
}
