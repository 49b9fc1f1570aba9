import type { SourcesNamed } from '#chat/conversation.ts'
import { Segmented } from '#ui/kit/Segmented.tsx'
import { useLonghand } from '#ui/longhand-context.tsx'

const ways = [
  { value: 'none', label: 'Not at all' },
  { value: 'cite', label: 'By number' },
  { value: 'quote', label: 'In quotes' },
] as const

const about: Readonly<Record<SourcesNamed, string>> = {
  none: 'Recalled lines stand in the prompt without numbers, which costs least.',
  cite: 'The model is asked to write [R1] after a sentence that uses the recalled line R1. Each number costs about 5 tokens.',
  quote:
    'The model is asked to quote the recalled line and write its number. Each number costs about 5 tokens, quotes as many as they have.',
}

type Props = { readonly value: SourcesNamed; readonly onChange: (value: SourcesNamed) => void }

/** How replies are to name what they draw on, with what that costs and which models can do it. */
export function SourcesChoice({ value, onChange }: Props) {
  const model = useLonghand(({ engine }) => (engine.type === 'ready' || engine.type === 'generating' ? engine.model : undefined))
  return (
    <section aria-labelledby="sources-named" className="border-line border-t py-3">
      <h3 id="sources-named" className="text-sm font-semibold">
        Replies name what they draw on
      </h3>
      <div className="mt-1.5">
        <Segmented label="Replies name what they draw on" hideLabel value={value} options={ways} onChange={onChange} />
      </div>
      <p className="mt-1.5 text-xs text-ink-2">{about[value]}</p>
      {value !== 'none' && (
        <p className="mt-0.5 text-xs text-ink-3">
          What is named is checked against the prompt and shown under the reply. Models under some 3 billion parameters mostly
          forget it{model && !model.writesMemory ? `, ${model.name} among them` : ''}.
        </p>
      )}
    </section>
  )
}
