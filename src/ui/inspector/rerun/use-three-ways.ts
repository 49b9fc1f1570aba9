import { useEffect, useRef, useState } from 'react'
import type { Manifest } from '#context/manifest.ts'
import { promptWithout, removableItems } from '#context/rerun/prompt-without.ts'
import type { Rerun, WholeTranscript } from '#runtime/actions.ts'
import { formatCount } from '#ui/kit/format.ts'
import { useActions } from '#ui/longhand-context.tsx'

type Done = Extract<Rerun, { type: 'done' }>
export type WayState = {
  readonly name: 'whole' | 'memory' | 'recent'
  readonly label: string
  readonly tokens: number | undefined
  readonly text: string
  readonly state:
    | { readonly type: 'waiting' }
    | { readonly type: 'running' }
    | { readonly type: 'cannot'; readonly words: string }
    | { readonly type: 'done'; readonly usage: Done['usage'] }
}

const asleep = { tokens: undefined, text: '', state: { type: 'waiting' } } as const
const unasked: readonly WayState[] = [
  { name: 'whole', label: 'Whole transcript', ...asleep },
  { name: 'memory', label: 'Assembled memory', ...asleep },
  { name: 'recent', label: 'Recent turns only', ...asleep },
]

/** Asks the three ways one after the other; leaving the view stops them. */
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
    const whole = await layWhole(manifest.replyId)
    const fromMemory = removableItems(manifest).filter(({ section }) => /^(?:you|summary|recalled)$/.test(section))
    const prompts = [
      ['whole', whole?.type === 'laid' ? whole.manifest.prompt : undefined],
      ['memory', manifest.prompt],
      ['recent', promptWithout(manifest, new Set(fromMemory.map(({ ref }) => ref)))],
    ] as const
    for (const [name, prompt] of prompts) {
      if (signal.aborted) break
      if (!prompt) {
        set(name, { state: { type: 'cannot', words: whyNot(whole) } })
        continue
      }
      set(name, { state: { type: 'running' } })
      const { sampling } = manifest
      const again = await rerun({ prompt, sampling }, { signal, onText: (text) => !signal.aborted && set(name, { text }) })
      if (again.type === 'done')
        set(name, { text: again.text, tokens: again.usage.inputTokens, state: { type: 'done', usage: again.usage } })
      else if (again.type === 'failed')
        set(name, { state: { type: 'cannot', words: `${again.problem.title} ${again.problem.advice}` } })
      else
        set(name, { state: { type: 'cannot', words: again.type === 'stopped' ? 'Stopped.' : 'A turn of the chat came first.' } })
    }
  }
  const busy = ways.some(({ state }) => state.type === 'running')
  return { ways, running: busy, start, stop: () => running.current?.abort() }
}

function whyNot(whole: WholeTranscript | undefined): string {
  if (whole?.type === 'failed') return `${whole.problem.title} ${whole.problem.advice}`
  if (whole?.type !== 'too-long') return 'It cannot be laid here: the chat has to be open, and a model loaded.'
  const { tokens, complete, windowTokens } = whole
  return `It does not fit: ${complete ? 'about' : 'more than'} ${formatCount(tokens)} tokens were said, the window holds ${formatCount(windowTokens)}.`
}
