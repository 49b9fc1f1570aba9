import clsx from 'clsx'
import { useLonghand } from '#ui/longhand-context.tsx'
import { engineWords } from './engine-words.ts'

const dots = {
  none: 'ring-[1.5px] ring-inset ring-edge',
  loading: 'bg-warn',
  ready: 'bg-good',
  generating: 'bg-good',
  waiting: 'bg-warn',
  error: 'bg-bad',
} as const

/** What runs, in one line: a sign and words, never the colour alone. */
export function EngineFoot() {
  const words = useLonghand((state) => engineWords(state.engine))
  const type = useLonghand(({ engine }) => ('silent' in engine ? 'waiting' : engine.type))
  const jobs = useLonghand((state) => state.pendingJobs > 0)
  const follower = useLonghand((state) => state.boot.type === 'ready' && state.tab === 'follower')
  return (
    <div className="mt-2 border-t border-line px-2 pt-2.5 text-xs text-ink-3">
      <p className="flex items-center gap-2">
        <span className={clsx('size-1.75 flex-none rounded-full forced-colors:border', dots[type])} />
        <span className="truncate" title={words}>
          {words}
        </span>
      </p>
      {jobs && <p className="pl-3.75">Memory is being written</p>}
      {follower && <p className="pl-3.75">Another tab runs the model</p>}
    </div>
  )
}
