import { announce } from './announcement.ts'

/** Puts text on the clipboard and says so; says what went wrong where the browser refuses. */
export async function copyText(text: string, done: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    announce(done)
    return true
  } catch {
    announce('The browser did not let the page copy. Select the text and copy it by hand.')
    return false
  }
}
