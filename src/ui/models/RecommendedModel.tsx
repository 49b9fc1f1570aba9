import type { ModelRow } from '#runtime/state.ts'
import { useLonghand } from '#ui/longhand-context.tsx'
import { groupModels } from './group-models.ts'
import { ModelRowView } from './ModelRowView.tsx'
import { recommend } from './recommend.ts'

type Props = { readonly rows: readonly ModelRow[]; readonly scaleBytes: number }

const whyBuiltIn = {
  real: 'No larger model leaves room for a window of 8,192 tokens here, so the built-in one is the one to use.',
  software:
    'With a GPU in software alone the built-in model is the one to use: larger ones would write a word in several seconds.',
  none: 'Without a GPU the built-in model is the one to use: the larger ones need one.',
} as const

/** What to try first on this device, and by which rule; or why it is the built-in model. */
export function RecommendedModel({ rows, scaleBytes }: Props) {
  const gpu = useLonghand((state) => state.device.gpu)
  const row = recommend(rows, gpu)
  if (!row) return gpu === 'unknown' ? null : <p className="mt-5 max-w-152 text-sm text-ink-2">{whyBuiltIn[gpu]}</p>
  const [family] = groupModels([row])
  return (
    <section aria-label="Recommended for this device" className="mt-6">
      <h2 className="text-sm font-semibold">Recommended for this device</h2>
      <p className="text-xs text-ink-3">
        The largest model for general talk that leaves a quarter of this device’s memory free with a window of 8,192 tokens.
      </p>
      <ul>
        {family?.entries.map((entry) => (
          <ModelRowView key={entry.name} entry={entry} scaleBytes={scaleBytes} heading="h3" />
        ))}
      </ul>
    </section>
  )
}
