import type { SectionName } from '#context/manifest.ts'
import { sectionLook } from './section-look.ts'

/** The swatch of a section: its letter on its colour. */
export function SectionLetter({ section }: { readonly section: SectionName }) {
  const look = sectionLook[section]
  return (
    <span
      aria-hidden="true"
      className="section-fill grid size-4.5 flex-none place-items-center rounded-xs font-mono text-2xs font-semibold text-on-section"
      style={{ '--section': look.color }}
    >
      {look.letter}
    </span>
  )
}
