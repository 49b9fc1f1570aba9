import { useEffect, useMemo, useState } from 'react'
import { changeWishes, hasWishes, type PromptWishes, type Shortening, type WishChange } from '#chat/prompt-wishes.ts'
import type { Manifest, ManifestItem } from '#context/manifest.ts'
import type { MessageId } from '#shared/ids.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatShare } from '#ui/kit/format.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { changeWords } from './plan-words.ts'
import { scorePartWords } from './score-part-words.ts'
import { leftOutWords, scoredWords } from './shorten/shortened-words.ts'

type Props = {
  readonly wishes: PromptWishes
  readonly manifest: Manifest
  readonly onChange: (wishes: PromptWishes) => void
}

/** What was set for the prompts of this chat, each with the way back. */
export function WishList({ wishes, manifest, onChange }: Props) {
  const textOf = useTexts(wishes, manifest)
  if (!hasWishes(wishes)) return null
  const change = (...changes: readonly WishChange[]) => onChange(changeWishes(wishes, changes))
  return (
    <section aria-labelledby="wishes">
      <h3 id="wishes" className="mt-4.5 flex items-baseline gap-2 text-sm font-semibold">
        Set for this chat<span className="text-xs font-normal text-ink-3">nothing is deleted by it</span>
      </h3>
      <ul>
        {wishes.pinned.map((key) => (
          <Row key={`pin ${key}`} words="Pinned" text={textOf(key)} back="Unpin" onBack={() => change({ type: 'unpin', key })} />
        ))}
        {wishes.hidden.map((key) => (
          <Row key={`hide ${key}`} words="Hidden" text={textOf(key)} back="Show" onBack={() => change({ type: 'show', key })} />
        ))}
        {Object.entries(wishes.shortened ?? {}).map(([key, shortening]) => (
          <Row
            key={`shorten ${key}`}
            words="Shorter"
            text={shortWords(shortening, itemOf(manifest, key), textOf(key))}
            back="Whole"
            onBack={() => change({ type: 'shorten', key })}
          />
        ))}
        {Object.entries(wishes.weights).map(([part, weight]) => (
          <Row
            key={`weight ${part}`}
            words="Weight"
            text={`“${scorePartWords(part)}” weighs ${weight.toFixed(2)}`}
            back="Reset"
            onBack={() => onChange({ ...wishes, weights: without(wishes.weights, part) })}
          />
        ))}
        {Object.entries(wishes.budgets).map(([section, tokens]) => (
          <Row
            key={`budget ${section}`}
            words="Room"
            text={changeWords({ type: 'budget', section: section as 'turns', tokens })}
            back="Reset"
            onBack={() => change({ type: 'budget', section: section as 'turns' })}
          />
        ))}
      </ul>
    </section>
  )
}

function itemOf({ sections }: Manifest, key: string): ManifestItem | undefined {
  return sections.flatMap(({ items }) => items).find((item) => item.key === key)
}

/** What became of a wish for shorter words: words that are no longer those that it was made for go whole, and that is said. */
function shortWords({ ratio, by }: Shortening, item: ManifestItem | undefined, text: string): string {
  if (item && !item.shortened) return `sent whole, its words are others now: ${text}`
  return `${item?.shortened ? leftOutWords(item.shortened) : `up to ${formatShare(ratio)}`}, ${scoredWords(by)}: ${text}`
}

type RowProps = { readonly words: string; readonly text: string; readonly back: string; readonly onBack: () => void }

function Row({ words, text, back, onBack }: RowProps) {
  return (
    <li className="flex items-baseline gap-2.5 border-line py-1 text-sm not-first:border-t">
      <span className="w-12 flex-none text-xs text-ink-3">{words}</span>
      <span className="line-clamp-2 min-w-0 flex-1 break-words text-ink-2">{text}</span>
      <Button kind="text" aria-label={`${back}: ${text.slice(0, 60)}`} onClick={onBack}>
        {back}
      </Button>
    </li>
  )
}

function without(weights: PromptWishes['weights'], part: string): PromptWishes['weights'] {
  const { [part]: _gone, ...others } = weights
  return others
}

/** The words of what was pinned, hidden or shortened: from the plan, from memory, else from disk. */
function useTexts(wishes: PromptWishes, manifest: Manifest): (key: string) => string {
  const { readMessages } = useActions()
  const memories = useLonghand((state) => state.memories)
  const [read, setRead] = useState<ReadonlyMap<string, string>>(new Map())
  const known = useMemo(() => {
    const texts = new Map<string, string>(memories.map(({ id, text }) => [id, text]))
    for (const { key, text } of [...manifest.dropped, ...manifest.sections.flatMap(({ items }) => items)]) texts.set(key, text)
    return texts
  }, [memories, manifest])
  const missing = [...wishes.pinned, ...wishes.hidden, ...Object.keys(wishes.shortened ?? {})]
    .filter((key) => !known.has(key) && !read.has(key))
    .join(' ')
  useEffect(() => {
    if (missing === '') return
    const ids = missing.split(' ')
    void readMessages(ids as MessageId[]).then((messages) => {
      const found = new Map<string, string>(messages.map(({ id, text }) => [id, text]))
      setRead((before) => new Map([...before, ...ids.map((id) => [id, found.get(id) ?? 'no longer here'] as const)]))
    })
  }, [missing, readMessages])
  return (key) => known.get(key) ?? read.get(key) ?? '…'
}
