import { useMemo } from 'react'
import type { Manifest } from '#context/manifest.ts'
import { diffText, type TextChange } from '#shared/diff-text.ts'
import { formatPlural } from '#ui/kit/format.ts'

/** Lines kept in sight around a change. */
const around = 2

type Props = { readonly before: Manifest | 'missing'; readonly after: Manifest | 'missing' }

const textOf = (manifest: Manifest) => manifest.prompt.map((part) => part.text).join('')

/** The texts of two prompts in one, what left struck through before what entered in its place. */
export function PromptDiff({ before, after }: Props) {
  const changes = useMemo(
    () => (before === 'missing' || after === 'missing' ? [] : diffText(textOf(before), textOf(after))),
    [before, after],
  )
  if (before === 'missing' || after === 'missing') return null
  const same = changes.every(({ type }) => type === 'kept')
  return (
    <>
      <p role="status" className="mb-2 text-xs text-ink-2">
        {same ? 'The prompts are the same, byte for byte.' : 'What left is struck through, what entered is underlined.'}
      </p>
      <pre className="rounded-md bg-paper px-3 py-2 font-mono text-xs break-words whitespace-pre-wrap text-ink-2">
        {changes.map((change, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the comparison of two stored prompts never changes.
          <Stretch key={at} change={change} first={at === 0} last={at === changes.length - 1} />
        ))}
      </pre>
    </>
  )
}

function Stretch({ change, first, last }: { readonly change: TextChange; readonly first: boolean; readonly last: boolean }) {
  const { type, text } = change
  if (type === 'left') return <del className="bg-bad-wash text-bad decoration-1">{text}</del>
  if (type === 'entered')
    return <ins className="bg-[color-mix(in_oklab,var(--color-good)_14%,transparent)] text-good decoration-1">{text}</ins>
  const lines = text.split('\n')
  const head = first ? 0 : around
  const tail = last ? 0 : around
  const hidden = lines.length - head - tail
  if (hidden <= around) return text
  return (
    <>
      {lines.slice(0, head).join('\n')}
      <span className="my-1 block border-line border-y text-center font-sans text-ink-3">
        {formatPlural(hidden, 'line')} the same
      </span>
      {lines.slice(lines.length - tail).join('\n')}
    </>
  )
}
