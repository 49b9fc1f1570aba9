import { Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import type { SearchHit } from '#runtime/state.ts'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Icon } from '#ui/kit/Icon.tsx'
import { IconButton } from '#ui/kit/IconButton.tsx'
import { conversationPath } from '#ui/kit/links.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { openDialog } from '#ui/shell/shell-state.ts'
import { ResultRow } from './ResultRow.tsx'
import { type SearchResult, searchResults } from './search-results.ts'

const pauseMs = 120

/** Finds conversations by title and messages by their words. Arrows choose, Enter opens at the message. */
export function SearchDialog() {
  const id = useId()
  const { search } = useActions()
  const conversations = useLonghand((state) => state.conversations)
  const [, navigate] = useLocation()
  const [text, setText] = useState('')
  const [hits, setHits] = useState<readonly SearchHit[]>([])
  const [searching, setSearching] = useState(false)
  const [at, setAt] = useState(0)
  const results = searchResults(text, conversations, hits)
  const chosen = Math.min(at, results.length - 1)
  const list = useRef<HTMLDivElement>(null)

  useEffect(() => {
    let current = true
    if (text.trim() === '') {
      setHits([])
      setSearching(false)
      return
    }
    setSearching(true)
    const timer = setTimeout(async () => {
      const found = await search(text)
      if (!current) return
      setHits(found)
      setSearching(false)
    }, pauseMs)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [text, search])

  useEffect(() => {
    list.current?.querySelector(`[data-at="${chosen}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  function show(result: SearchResult | undefined) {
    if (!result) return
    openDialog(undefined)
    navigate(
      result.type === 'conversation'
        ? conversationPath(result.conversation.id)
        : conversationPath(result.hit.conversationId, result.hit.messageId),
    )
  }

  function onKeyDown(event: KeyboardEvent) {
    const to = { ArrowDown: chosen + 1, ArrowUp: chosen - 1 }[event.key]
    if (to !== undefined) setAt(Math.max(0, Math.min(results.length - 1, to)))
    else if (event.key === 'Enter' && !event.nativeEvent.isComposing) show(results[chosen])
    else return
    event.preventDefault()
  }

  const words = resultWords(text, results.length, searching)
  return (
    <Dialog title="Search" bare wide onClose={() => openDialog(undefined)}>
      <div className="flex h-13 items-center gap-2.5 border-b border-line px-4">
        <Icon of={Search} className="text-ink-3" />
        <input
          type="text"
          role="combobox"
          aria-label="Search"
          aria-expanded={results.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={results.length > 0 ? `${id}-${chosen}` : undefined}
          autoComplete="off"
          autoFocus
          value={text}
          placeholder="Find words in all conversations"
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
          className="h-11 min-w-0 flex-1 text-prose outline-none placeholder:text-ink-3"
        />
        <kbd className="touch:hidden">Esc</kbd>
        <IconButton icon={X} label="Close" onClick={() => openDialog(undefined)} className="-mr-3 hidden! touch:inline-grid!" />
      </div>
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label="Results"
        className="thin-scroll max-h-[56dvh] overflow-y-auto p-1.5 empty:hidden"
      >
        {results.map((result, index) => (
          <ResultRow
            key={result.type === 'conversation' ? result.conversation.id : `${result.hit.messageId}-${result.hit.from}`}
            id={`${id}-${index}`}
            at={index}
            result={result}
            chosen={index === chosen}
            onPoint={() => setAt(index)}
            onChoose={() => show(result)}
          />
        ))}
      </div>
      <p role="status" className="border-t border-line px-4 py-2 text-xs text-ink-3 empty:hidden">
        {words}
        {results.length > 0 && <span className="touch:hidden"> · ↑ ↓ choose, Enter opens</span>}
      </p>
    </Dialog>
  )
}

function resultWords(text: string, count: number, searching: boolean): string {
  if (text.trim() === '') return count === 0 ? 'Nothing to search yet' : 'Newest conversations'
  if (searching) return 'Searching…'
  if (count === 0) return 'Nothing has these words'
  return `${count} found`
}
