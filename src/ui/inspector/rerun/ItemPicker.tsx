import type { removableItems } from '#context/rerun/prompt-without.ts'
import { formatCount } from '#ui/kit/format.ts'
import { SectionLetter } from '#ui/kit/SectionLetter.tsx'
import { sectionLook } from '#ui/kit/section-look.ts'

type Props = {
  readonly items: ReturnType<typeof removableItems>
  readonly picked: ReadonlySet<string>
  readonly onPick: (picked: ReadonlySet<string>) => void
}

/** Items of a prompt to choose from, by section; a section is chosen as a whole by its head. */
export function ItemPicker({ items, picked, onPick }: Props) {
  const sections = [...new Set(items.map(({ section }) => section))]
  const put = (refs: readonly string[], on: boolean) => {
    const next = new Set(picked)
    for (const ref of refs) {
      if (on) next.add(ref)
      else next.delete(ref)
    }
    onPick(next)
  }
  if (items.length === 0) return <p className="mt-3 text-sm text-ink-2">Nothing but the message was in this prompt.</p>
  return (
    <div className="thin-scroll mt-3 max-h-72 overflow-auto rounded-md bg-sunk px-2.5 py-1.5">
      {sections.map((section) => {
        const own = items.filter((item) => item.section === section)
        const refs = own.map(({ ref }) => ref)
        const all = refs.every((ref) => picked.has(ref))
        return (
          <fieldset key={section} className="min-w-0 py-1">
            <legend className="sr-only">{sectionLook[section].label}</legend>
            <label className="flex touch:min-h-11 min-h-7 cursor-pointer items-center gap-2 text-sm font-semibold">
              <input type="checkbox" checked={all} onChange={() => put(refs, !all)} className="accent-accent" />
              <SectionLetter section={section} />
              All of {sectionLook[section].label}
            </label>
            {own.map((item) => (
              <label key={item.ref} className="flex touch:min-h-11 min-h-7 cursor-pointer items-center gap-2 pl-6 text-sm">
                <input
                  type="checkbox"
                  checked={picked.has(item.ref)}
                  onChange={() => put([item.ref], !picked.has(item.ref))}
                  className="flex-none accent-accent"
                />
                <span className="num w-7 flex-none text-xs text-ink-3">{item.ref}</span>
                <span className="min-w-0 flex-1 truncate">{item.text}</span>
                <span className="num text-xs text-ink-3">
                  {formatCount(item.tokens)}
                  <span className="sr-only"> tokens</span>
                </span>
              </label>
            ))}
          </fieldset>
        )
      })}
    </div>
  )
}
