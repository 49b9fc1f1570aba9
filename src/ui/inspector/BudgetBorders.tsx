import { type BudgetName, budgetNames } from '#chat/prompt-wishes.ts'
import type { Manifest } from '#context/manifest.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount } from '#ui/kit/format.ts'
import { SectionLetter } from '#ui/kit/SectionLetter.tsx'
import { sectionLook } from '#ui/kit/section-look.ts'

type Props = {
  readonly manifest: Manifest
  /** The most tokens that were set; absent: the section's share. */
  readonly budgets: Readonly<Partial<Record<BudgetName, number>>>
  readonly onChange: (section: BudgetName, tokens: number | undefined) => void
}

/** How much of the window each section may have: its border is dragged, or moved by the arrow keys. */
export function BudgetBorders({ manifest, budgets, onChange }: Props) {
  const { size, reserve } = manifest.window
  const most = size - reserve
  const step = Math.max(1, Math.round(size / 128))
  return (
    <section aria-labelledby="borders">
      <h3 id="borders" className="mt-4.5 flex items-baseline gap-2 text-sm font-semibold">
        Room<span className="text-xs font-normal text-ink-3">drag a border to see what enters and leaves</span>
      </h3>
      {budgetNames.map((name) => {
        const section = manifest.sections.find((one) => one.name === name)
        const used = section?.tokens ?? 0
        const set = budgets[name]
        const value = Math.min(most, set ?? section?.budgetTokens ?? 0)
        const { label, color } = sectionLook[name]
        return (
          <div key={name} className="mt-1.5" style={{ '--section': color }}>
            <div className="flex min-h-6 items-center gap-2 text-xs">
              <SectionLetter section={name} />
              <span className="text-sm">{label}</span>
              <span className="ml-auto text-ink-2">
                <span className="num">{formatCount(used)}</span> of at most <span className="num">{formatCount(value)}</span>
              </span>
              {set !== undefined && (
                <Button kind="text" className="-my-1" onClick={() => onChange(name, undefined)}>
                  <span className="sr-only">Give {label} its </span>
                  <span aria-hidden="true">As </span>usual
                  <span className="sr-only"> room</span>
                </Button>
              )}
            </div>
            <div className="relative ml-7 h-5 touch:h-8">
              <div
                aria-hidden="true"
                className="absolute inset-x-0 top-1/2 h-1.5 -translate-y-1/2 rounded-xs bg-sunk forced-colors:border"
              >
                <div
                  className="absolute inset-y-0 left-0 rounded-xs bg-[color-mix(in_oklab,var(--section)_28%,transparent)]"
                  style={{ width: `${(value / most) * 100}%` }}
                />
                <div
                  className="section-fill absolute inset-y-0 left-0 rounded-xs"
                  style={{ width: `${Math.min(100, (used / most) * 100)}%` }}
                />
              </div>
              <input
                type="range"
                aria-label={`Room for ${label}, in tokens`}
                aria-valuetext={`at most ${formatCount(value)} tokens, ${formatCount(used)} used`}
                min={0}
                max={most}
                step={step}
                value={value}
                onChange={(event) => onChange(name, event.target.valueAsNumber)}
                className="border-range absolute inset-0 size-full"
              />
            </div>
          </div>
        )
      })}
    </section>
  )
}
