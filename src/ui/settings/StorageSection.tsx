import { useEffect } from 'react'
import { Link } from 'wouter'
import type { DamagedRow } from '#ports/storage.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatBytes, formatDay, formatPlural, formatTime } from '#ui/kit/format.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { SettingRow, SettingsSection } from './SettingsSection.tsx'

/** How much is stored, whether the browser keeps it, and what of it is damaged. */
export function StorageSection() {
  const { usageBytes, quotaBytes, persisted, damaged } = useLonghand((state) => state.storage)
  const { keepStorage, refreshStorage } = useActions()
  useEffect(() => void refreshStorage(), [refreshStorage])
  return (
    <SettingsSection title="Storage">
      <SettingRow
        name={
          usageBytes === undefined ? (
            'The browser does not tell how much is used'
          ) : (
            <>
              <span className="num">{formatBytes(usageBytes)}</span>
              {quotaBytes !== undefined && ` of ${formatBytes(quotaBytes)}`} used
            </>
          )
        }
        hint="Conversations, memory and model files, all in this browser, as the browser estimates it."
      >
        <Link href="/models" className="link touch:inline-flex touch:min-h-11 touch:items-center text-sm">
          Model files
        </Link>
      </SettingRow>
      {persisted === true ? (
        <SettingRow name="Kept for good" hint="The browser does not clear it by itself." />
      ) : (
        <SettingRow
          name={persisted === false ? 'The browser may clear it when space is short' : 'Not known whether the browser keeps it'}
          hint="Browsers decide: many say yes once a site is used often or installed."
        >
          <Button kind="outline" onClick={() => void keepStorage()}>
            Keep it for good
          </Button>
        </SettingRow>
      )}
      <SecondCopyRow />
      <SearchIndexRow />
      {damaged.length > 0 && <Damaged rows={damaged} />}
    </SettingsSection>
  )
}

function Damaged({ rows }: { readonly rows: readonly DamagedRow[] }) {
  return (
    <div className="py-3">
      <p className="text-warn">
        {formatPlural(rows.length, 'stored row')} did not match its checksum and {rows.length === 1 ? 'was' : 'were'} set aside
      </p>
      <p className="text-xs text-ink-3">
        They are never shown as truth. A backup made before may hold them whole; restoring it puts back everything.
      </p>
      <ul className="mt-1.5 text-xs text-ink-2">
        {rows.map((row) => (
          <li key={`${row.table} ${row.key}`} className="py-0.5">
            <span className="num">
              {row.table}, {row.key}
            </span>
            <span className="text-ink-3">
              , found {formatDay(row.foundAt, Date.now())}, {formatTime(row.foundAt)}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** What became of the search index at this start, and whether the next one finds it stored. */
function SearchIndexRow() {
  const index = useLonghand((state) => state.storage.index)
  if (!index) return <SettingRow name="Search index" hint="It is being read. What you write is safe meanwhile." />
  if (index.problem !== undefined)
    return (
      <SettingRow
        name="The search index is not stored"
        hint={`${index.problem} Nothing is lost, but the next start has to read all messages again.`}
      />
    )
  const why =
    index.refused === 'damaged'
      ? ', since a part of it was damaged'
      : index.refused === 'old'
        ? ', since another version of Longhand wrote it'
        : ''
  return (
    <SettingRow
      name="The search index is stored"
      hint={`At this start ${formatPlural(index.restored, 'message')} came from it, ${index.added.toLocaleString('en')} ${index.added === 1 ? 'was' : 'were'} read anew${why}.`}
    />
  )
}

/** Whether there is a second copy outside the database, and of when; it never claims one that is not there. */
function SecondCopyRow() {
  const copy = useLonghand((state) => state.storage.copy)
  const { renewSecondCopy } = useActions()
  if (copy.type === 'complete')
    return (
      <SettingRow
        name="A second copy is kept"
        hint={`Outside the browser’s database, in case that is lost. It holds everything but the newest receipts${
          copy.writtenAt > 0 ? `, as of ${formatDay(copy.writtenAt, Date.now())}, ${formatTime(copy.writtenAt)}` : ''
        }. Clearing the site’s data removes both.`}
      />
    )
  if (copy.reason === 'starting') return <SettingRow name="Second copy" hint="Longhand is looking whether it is complete." />
  if (copy.reason === 'unsupported')
    return (
      <SettingRow name="No second copy is kept" hint="This browser offers no place for one here. Write a backup now and then." />
    )
  return (
    <SettingRow
      name="The second copy is not complete"
      hint="Writing it has failed; Longhand tries again. Write a backup to be safe."
    >
      <Button kind="outline" onClick={() => void renewSecondCopy()}>
        Write it now
      </Button>
    </SettingRow>
  )
}
