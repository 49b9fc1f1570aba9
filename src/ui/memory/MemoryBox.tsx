import { Search } from 'lucide-react'
import { Icon } from '#ui/kit/Icon.tsx'
import { Segmented } from '#ui/kit/Segmented.tsx'
import { phoneQuery, useMedia } from '#ui/kit/use-media.ts'

type Props = {
  readonly mode: 'known' | 'ask'
  readonly text: string
  readonly known: number
  readonly onMode: (mode: 'known' | 'ask') => void
  readonly onText: (text: string) => void
}

/** One field for two things: find words in what is known, or try a message and see what it would bring back. */
export function MemoryBox({ mode, text, known, onMode, onText }: Props) {
  const phone = useMedia(phoneQuery)
  const ask = mode === 'ask'
  return (
    <div className="mt-5 flex min-h-11 items-center gap-2.5 rounded-lg bg-raised py-1.25 pr-1.5 pl-3.5 ring-1 ring-inset ring-edge focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-accent phone:flex-col phone:items-stretch phone:gap-1 phone:pl-1.5">
      <span className="flex min-w-0 flex-1 items-center gap-2.5 phone:min-h-11 phone:pl-2">
        <Icon of={Search} className="text-ink-3" />
        <input
          type="search"
          aria-label={ask ? 'A message to try' : 'Find in memory'}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || text === '') return
            event.preventDefault()
            onText('')
          }}
          placeholder={
            ask ? (phone ? 'Try a message' : 'Try a message: what would it bring back?') : `Find words in ${known} memories`
          }
          autoComplete="off"
          className="min-w-0 flex-1 bg-transparent outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
        />
      </span>
      <Segmented
        label="What the field does"
        hideLabel
        value={mode}
        options={[
          { value: 'known', label: 'Find' },
          { value: 'ask', label: 'Ask the memory' },
        ]}
        onChange={onMode}
      />
    </div>
  )
}
