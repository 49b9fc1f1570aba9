import type { Manifest } from '#context/manifest.ts'
import { measured } from '#ui/kit/window-bar/window-segments.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { epochWords } from './epoch-words.ts'
import { FirstTokenBar } from './FirstTokenBar.tsx'
import { samplingRows, type UsageRow, usageRows } from './usage-rows.ts'

/** What really happened, as the engine and the clock told, and the settings that the reply was written with. */
export function UsageTable({ manifest }: { readonly manifest: Manifest }) {
  const reply = useLonghand(({ open }) => open?.messages.find(({ id }) => id === manifest.replyId)?.text)
  return (
    <>
      <section aria-labelledby="usage">
        <h3 id="usage" className="mt-4.5 flex items-baseline gap-2 text-sm font-semibold">
          What it took<span className="text-xs font-normal text-ink-3">measured</span>
        </h3>
        {measured(manifest) && manifest.actual ? (
          <>
            <FirstTokenBar actual={manifest.actual} />
            <Rows rows={usageRows(manifest.actual, manifest.sampling.stop, manifest.window.rolling !== undefined)} />
          </>
        ) : (
          <p className="mt-1 text-sm text-ink-2">Not measured: the reply has not ended, or it ended with the page.</p>
        )}
      </section>
      <section aria-labelledby="written-with">
        <h3 id="written-with" className="mt-4.5 text-sm font-semibold">
          Written with
        </h3>
        <Rows rows={samplingRows(manifest, reply)} />
        <p className="mt-1.5 text-xs text-ink-3">{epochWords(manifest.epoch)}</p>
      </section>
    </>
  )
}

function Rows({ rows }: { readonly rows: readonly UsageRow[] }) {
  return (
    <dl className="mt-1 text-xs text-ink-2">
      {rows.map((row) => (
        <div key={row.label} className="flex gap-3 py-0.5">
          <dt>{row.label}</dt>
          <dd className="flex-1 text-right">
            {row.note && <span className="mr-2 text-ink-3">{row.note}</span>}
            <span className={/^[\d.,]/.test(row.value) ? 'num text-ink' : 'text-ink'}>{row.value}</span>
          </dd>
        </div>
      ))}
    </dl>
  )
}
