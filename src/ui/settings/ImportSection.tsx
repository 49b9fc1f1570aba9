import { useRef } from 'react'
import type { ImportState } from '#runtime/state.ts'
import { Button } from '#ui/kit/Button.tsx'
import { FileInput } from '#ui/kit/FileInput.tsx'
import { formatBytes, formatCount, formatPlural } from '#ui/kit/format.ts'
import { ProgressBar } from '#ui/kit/ProgressBar.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'
import { ImportPreviewForm } from './ImportPreviewForm.tsx'
import { SettingRow, SettingsSection } from './SettingsSection.tsx'

/** Chats and memories of other programs: chosen, looked at, then taken over. */
export function ImportSection() {
  const importing = useLonghand((state) => state.importing)
  const { lookIntoFiles, closeImport } = useActions()
  const input = useRef<HTMLInputElement>(null)
  const busy = importing.type === 'looking' || importing.type === 'importing'
  const choose = () => input.current?.click()
  return (
    <SettingsSection title="Import">
      <SettingRow
        name="Import chats"
        hint="From the export of ChatGPT or Claude (the .zip, or conversations.json), a list of memories, or the data sets LoCoMo, LongMemEval, BEAM and TIAGE. Read here, sent nowhere; you choose what comes in."
      >
        <Button kind="outline" disabled={busy} onClick={choose}>
          Import chats…
        </Button>
        <FileInput
          ref={input}
          label="Files to import"
          accept=".zip,.json,.jsonl,.gz,.txt,.md"
          multiple
          onFiles={(files) => void lookIntoFiles(files)}
        />
      </SettingRow>
      {busy && <Busy importing={importing} />}
      {importing.type === 'preview' && <ImportPreviewForm preview={importing} />}
      {importing.type === 'done' && <Done importing={importing} />}
      {importing.type === 'failed' && (
        <div role="alert" className="py-3">
          <ProblemNote problem={importing.problem}>
            <Button kind="outline" onClick={choose}>
              Choose other files
            </Button>
            <Button onClick={closeImport}>Dismiss</Button>
          </ProblemNote>
        </div>
      )}
    </SettingsSection>
  )
}

function Busy({ importing }: { readonly importing: Extract<ImportState, { type: 'looking' | 'importing' }> }) {
  const { cancelImport } = useActions()
  const looking = importing.type === 'looking'
  const words = looking
    ? `Reading: ${formatBytes(importing.bytes)} of ${formatBytes(importing.totalBytes)}, ${formatPlural(importing.conversations, 'conversation')}`
    : `Importing: ${formatCount(importing.messages)} of ${formatPlural(importing.totalMessages, 'message')}`
  const [part, whole] = looking ? [importing.bytes, importing.totalBytes] : [importing.messages, importing.totalMessages]
  return (
    <div className="flex items-center gap-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="num text-sm text-ink-2">{words}</p>
        <ProgressBar label={looking ? 'Reading' : 'Importing'} fraction={whole > 0 ? part / whole : undefined} className="mt-2" />
      </div>
      <Button onClick={cancelImport}>Cancel</Button>
    </div>
  )
}

function Done({ importing }: { readonly importing: Extract<ImportState, { type: 'done' }> }) {
  const { importChats, closeImport } = useActions()
  const { conversations, messages, facts, leftGroups, problem } = importing
  const parts = [
    formatPlural(conversations, 'conversation'),
    formatPlural(messages, 'message'),
    ...(facts > 0 ? [formatPlural(facts, 'fact')] : []),
  ]
  return (
    <div role="status" className="py-3">
      <p className="font-semibold">{leftGroups ? 'Stopped before the end' : 'Imported'}</p>
      <p className="num text-sm text-ink-2">Added: {parts.join(', ')}.</p>
      {problem && (
        <div className="mt-2">
          <ProblemNote problem={problem} />
        </div>
      )}
      {leftGroups && <p className="mt-1 text-sm text-ink-2">What was added stays. Going on adds the rest.</p>}
      <div className="mt-2 flex flex-wrap gap-1.5">
        {leftGroups && (
          <Button kind="outline" onClick={() => void importChats(leftGroups)}>
            Go on
          </Button>
        )}
        <Button onClick={closeImport}>Close</Button>
      </div>
    </div>
  )
}
