import { create } from 'zustand'

/** What screen readers hear next. The number makes two equal texts in a row two announcements. */
export const useAnnouncement = create<{ readonly text: string; readonly number: number }>()(() => ({ text: '', number: 0 }))

/** Says something through the page's polite live region. */
export function announce(text: string): void {
  useAnnouncement.setState(({ number }) => ({ text, number: number + 1 }))
}
