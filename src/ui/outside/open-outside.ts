let open: ((url: string) => void) | undefined

// public/guard.js gives the one function that may open another site to whoever asks first; so main.tsx imports this first.
if (typeof document !== 'undefined')
  document.dispatchEvent(
    new CustomEvent('longhand:outside', {
      detail: {
        receive(given: (url: string) => void) {
          open = given
        },
      },
    }),
  )

/**
 * Opens a web or mail address in a new window. Call it only from the click with which the user confirmed the full address: it is the
 * one way out of the page. Returns false where the page was served without its guard, or for an address of another kind.
 */
export function openOutside(url: string): boolean {
  if (!open || !/^(https?|mailto):/.test(url)) return false
  open(url)
  return true
}
