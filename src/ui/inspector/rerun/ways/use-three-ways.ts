import { useEffect, useRef, useState } from 'react'
import type { Manifest } from '#context/manifest.ts'
import { promptWithout, removableItems } from '#context/rerun/prompt-without.ts'
import type { WholeTranscript } from '#runtime/actions.ts'
import { formatCount } from '#ui/kit/format.ts'
import { useActions } from '#ui/longhand-context.tsx'
import type { WayUsage } from './way-figures.ts'

export type WayState = {
  readonly name: 'whole' | 'memory' | 'recent'
  readonly label: string
  /** What is in its prompt. */
  readonly holds: string
  readonly text: string
  readonly state:
    | { readonly type: 'waiting' | 'writing' }
    /** The share of the prompt that is read, 0…1; undefined before the engine tells. */
    | { readonly type: 'reading'; readonly share: number | undefined }
    | { readonly type: 'cannot'; readonly words: string }
    | { readonly type: 'done'; readonly usage: WayUsage }
}

const asleep = { text: '', state: { type: 'waiting' } } as const
/** The longest prompt first, as they stand beside one another. */
const unasked: readonly WayState[] = [
  { name: 'whole', label: 'Whole transcript', holds: 'All that was said in this chat', ...asleep },
  { name: 'memory', label: 'Assembled memory', holds: 'The window as assembled', ...asleep },
  { name: 'recent', label: 'Recent turns only', holds: 'Its turns, nothing from memory', ...asleep },
]

/**
 * Asks the three ways one after the other, the shortest prompt first, each read from its first token where the engine can.
 * Leaving the view stops them.
 */
export function useThreeWays(manifest: Manifest) {
  const { layWhole, rerun } = useActions()
  const [ways, setWays] = useState(unasked)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const set = (name: WayState['name'], change: Partial<WayState>) =>
    setWays((all) => all.map((way) => (way.name === name ? { ...way, ...change } : way)))

  async function start() {
    const controller = new AbortController()
    running.current = controller
    const { signal } = controller
    setWays(unasked)
    const fromMemory = removableItems(manifest).filter(({ section }) => /^(?:you|summary|recalled)$/.test(section))
    const whole = await layWhole(manifest.replyId)
    const prompts = [
      ['recent', promptWithout(manifest, new Set(fromMemory.map(({ ref }) => ref)))],
      ['memory', manifest.prompt],
      ['whole', whole?.type === 'laid' ? whole.manifest.prompt : undefined],
    ] as const
    for (const [name, prompt] of prompts) {
      if (!prompt) {
        set(name, { state: { type: 'cannot', words: whyNot(whole) } })
        continue
      }
      if (signal.aborted) continue
      set(name, { state: { type: 'reading', share: undefined } })
      const again = await rerun(
        { prompt, sampling: manifest.sampling, fresh: true },
        {
          signal,
          onRead: (done, total) => !signal.aborted && set(name, { state: { type: 'reading', share: done / total } }),
          onText: (text) => !signal.aborted && set(name, { text, state: { type: 'writing' } }),
        },
      )
      if (again.type === 'done') set(name, { text: again.text, state: { type: 'done', usage: again.usage } })
      else if (again.type === 'failed')
        set(name, { state: { type: 'cannot', words: `${again.problem.title} ${again.problem.advice}` } })
      else
        set(name, { state: { type: 'cannot', words: again.type === 'stopped' ? 'Stopped.' : 'A turn of the chat came first.' } })
    }
  }
  const busy = ways.some(({ state }) => state.type === 'reading' || state.type === 'writing')
  return { ways, running: busy, start, stop: () => running.current?.abort() }
}

function whyNot(whole: WholeTranscript | undefined): string {
  if (whole?.type === 'failed') return `${whole.problem.title} ${whole.problem.advice}`
  if (whole?.type !== 'too-long') return 'It cannot be laid here: the chat has to be open, and a model loaded.'
  const { tokens, complete, windowTokens } = whole
  return `It does not fit: ${complete ? 'about' : 'more than'} ${formatCount(tokens)} tokens were said, the window holds ${formatCount(windowTokens)}.`
}
