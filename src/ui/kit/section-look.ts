import type { SectionName } from '#context/manifest.ts'

/** How a section is drawn everywhere: its letter (also in citations, `R2`), its name in words and its colour token. */
export type SectionLook = { readonly letter: string; readonly label: string; readonly color: string }

export const sectionLook: Readonly<Record<SectionName, SectionLook>> = {
  instructions: { letter: 'I', label: 'Instructions', color: 'var(--color-sec-instructions)' },
  you: { letter: 'Y', label: 'About you', color: 'var(--color-sec-you)' },
  summary: { letter: 'S', label: 'Summary', color: 'var(--color-sec-summary)' },
  turns: { letter: 'T', label: 'Recent turns', color: 'var(--color-sec-turns)' },
  recalled: { letter: 'R', label: 'Recalled', color: 'var(--color-sec-recalled)' },
  message: { letter: 'M', label: 'Your message', color: 'var(--color-sec-message)' },
}
