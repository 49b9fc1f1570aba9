import { useState } from 'react'
import type { ItemChange, PlacedItem } from '#context/compare-prompts.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount, formatPlural } from '#ui/kit/format.ts'
import { SectionLetter } from '#ui/kit/SectionLetter.tsx'
import { sectionLook } from '#ui/kit/section-look.ts'
import { SourceLink } from './SourceLink.tsx'
import { leftOutWords } from './shorten/shortened-words.ts'

const marks: Readonly<Record<ItemChange['type'], { readonly sign: string; readonly word: string; readonly look: string }>> = {
  entered: { sign: '+', word: 'entered', look: 'text-good' },
  left: { sign: '−', word: 'left', look: 'text-bad' },
  moved: { sign: '→', word: 'moved', look: 'text-ink-2' },
  rewritten: { sign: '≈', word: 'rewritten', look: 'text-warn' },
  kept: { sign: '=', word: 'kept', look: 'text-ink-3' },
}

type Props = { readonly changes: readonly ItemChange[]; readonly most?: number }

/** What became of items from one prompt to another, each with its tokens. */
export function ItemChangeList({ changes, most = 20 }: Props) {
  const [all, setAll] = useState(false)
  const shown = all ? changes : changes.slice(0, most)
  return (
    <>
      <ul>
        {shown.map((change) => {
          const at = placeOf(change)
          return <ChangeRow key={`${change.type} ${at.item.ref} ${at.item.key}`} change={change} />
        })}
      </ul>
      {shown.length < changes.length && (
        <Button kind="text" className="-ml-1.5" onClick={() => setAll(true)}>
          Show the other {formatPlural(changes.length - shown.length, 'item')}
        </Button>
      )}
    </>
  )
}

/** Where it stands, or stood. */
function placeOf(change: ItemChange): PlacedItem {
  return change.type === 'left' ? change.before : change.after
}

function ChangeRow({ change }: { readonly change: ItemChange }) {
  const { item, section } = placeOf(change)
  const { sign, word, look } = marks[change.type]
  return (
    <li className="flex gap-2 border-line py-1.5 text-sm not-first:border-t">
      <span className={`w-3.5 flex-none text-center font-mono font-semibold ${look}`}>
        <span aria-hidden="true">{sign}</span>
        <span className="sr-only">{word}:</span>
      </span>
      <SectionLetter section={section} />
      <div className="min-w-0 flex-1">
        <p className="line-clamp-2 break-words">{item.text}</p>
        <p className="flex flex-wrap gap-x-2.5 text-xs text-ink-3">
          {change.type === 'moved' && <span>{moveWords(change)}</span>}
          {change.type === 'rewritten' && (
            <span>{change.after.item.shortened ? leftOutWords(change.after.item.shortened) : 'other words'}</span>
          )}
          <SourceLink source={item} />
        </p>
      </div>
      <span className="num flex-none pt-px text-xs text-ink-2">{tokenWords(change)}</span>
    </li>
  )
}

function moveWords({ before, after }: { readonly before: PlacedItem; readonly after: PlacedItem }): string {
  if (before.section === after.section) return 'to another place'
  return `from ${sectionLook[before.section].label} to ${sectionLook[after.section].label}`
}

function tokenWords(change: ItemChange): string {
  if (change.type === 'left') return `−${formatCount(change.before.item.tokens)}`
  if (change.type === 'entered') return `+${formatCount(change.after.item.tokens)}`
  const difference = change.after.item.tokens - change.before.item.tokens
  return difference === 0
    ? formatCount(change.after.item.tokens)
    : `${difference > 0 ? '+' : '−'}${formatCount(Math.abs(difference))}`
}
