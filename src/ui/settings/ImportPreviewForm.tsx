import { type FormEvent, useState } from 'react'
import type { ImportGroup, ImportPreview } from '#runtime/state.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount, formatPlural } from '#ui/kit/format.ts'
import { useActions } from '#ui/longhand-context.tsx'

/** Problems that are listed; the number of the others is said. */
const listed = 50

/** What the files hold, group by group, to be chosen; and what of them is not taken over, and why. */
export function ImportPreviewForm({ preview }: { readonly preview: ImportPreview }) {
  const { importChats, closeImport } = useActions()
  const { groups, skipped, problems, problemCount } = preview
  const isNew = ({ conversations, present }: ImportGroup) => present < conversations
  const [chosen, setChosen] = useState<readonly string[]>(() => groups.filter(isNew).map(({ name }) => name))
  const wanted = groups.filter(({ name }) => chosen.includes(name))
  const fresh = wanted.reduce((sum, { conversations, present }) => sum + conversations - present, 0)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void importChats(chosen)
  }
  return (
    <form onSubmit={submit} className="py-3">
      <p role="status" className="font-semibold">
        {groups.length === 0 ? 'Nothing to import was found' : found(groups)}
      </p>
      {groups.length > 0 && (
        <fieldset className="mt-2">
          <legend className="text-xs text-ink-3">Choose what comes in</legend>
          {groups.map((group) => (
            <label key={group.name} className="flex items-start gap-2.5 py-1.5 text-sm touch:min-h-11">
              <input
                type="checkbox"
                className="mt-1 accent-accent"
                checked={chosen.includes(group.name)}
                disabled={!isNew(group)}
                onChange={(event) =>
                  setChosen(event.target.checked ? [...chosen, group.name] : chosen.filter((name) => name !== group.name))
                }
              />
              <span>
                {group.name}
                <span className="num block text-xs text-ink-3">{groupWords(group)}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {Object.keys(skipped).length > 0 && (
        <p className="mt-1 text-xs text-ink-3">
          Left out on purpose:{' '}
          {Object.entries(skipped)
            .map(([kind, count]) => `${formatCount(count)} ${kind}`)
            .join(', ')}
          .
        </p>
      )}
      {problemCount > 0 && (
        <details className="mt-2 text-sm">
          <summary>{formatPlural(problemCount, 'entry', 'entries')} could not be read</summary>
          <ul className="mt-1 max-h-60 overflow-y-auto text-xs text-ink-2">
            {problems.slice(0, listed).map(({ file, at, why }) => (
              <li key={`${file} ${at} ${why}`} className="py-0.5 wrap-anywhere">
                <span className="text-ink-3">{[file, at].filter(Boolean).join(', ')}:</span> {why}
              </li>
            ))}
            {problemCount > listed && (
              <li className="py-0.5">And {formatCount(problemCount - Math.min(listed, problems.length))} more.</li>
            )}
          </ul>
        </details>
      )}
      <div className="mt-3 flex flex-wrap gap-1.5">
        {groups.length > 0 && (
          <Button kind="outline" type="submit" disabled={fresh === 0}>
            {fresh === 0 ? 'Nothing new to import' : `Import ${formatPlural(fresh, 'conversation')}`}
          </Button>
        )}
        <Button onClick={closeImport}>Do not import</Button>
      </div>
    </form>
  )
}

function found(groups: readonly ImportGroup[]): string {
  const conversations = groups.reduce((sum, group) => sum + group.conversations, 0)
  const messages = groups.reduce((sum, group) => sum + group.messages, 0)
  return `Found ${formatPlural(conversations, 'conversation')} with ${formatPlural(messages, 'message')}`
}

/** "412 conversations, 9,120 messages, Jan 2023 to Dec 2023, 400 here already". */
function groupWords({ conversations, messages, from, until, present }: ImportGroup): string {
  const month = (at: number) => new Date(at).toLocaleDateString('en', { month: 'short', year: 'numeric' })
  const time = month(from) === month(until) ? month(from) : `${month(from)} to ${month(until)}`
  const here = present === 0 ? [] : [present === conversations ? 'all here already' : `${formatCount(present)} here already`]
  return [formatPlural(conversations, 'conversation'), formatPlural(messages, 'message'), time, ...here].join(', ')
}
