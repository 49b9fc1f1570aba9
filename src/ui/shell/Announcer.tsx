import { useAnnouncement } from '#ui/kit/announcement.ts'

/** The page's one polite live region: two slots in turn, so that the same words twice are heard twice. */
export function Announcer() {
  const { text, number } = useAnnouncement()
  return (
    <div className="sr-only" role="status" aria-live="polite" aria-atomic="false">
      <p>{number % 2 === 0 ? text : ''}</p>
      <p>{number % 2 === 1 ? text : ''}</p>
    </div>
  )
}
