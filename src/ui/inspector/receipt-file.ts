import type { Manifest } from '#context/manifest.ts'

/** File name of a downloaded receipt: the local date and time of its prompt, so that several sort in order. */
export function receiptFileName(manifest: Manifest, type: 'json' | 'html'): string {
  const made = new Date(manifest.createdAt)
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${made.getFullYear()}-${two(made.getMonth() + 1)}-${two(made.getDate())}`
  return `longhand-receipt-${day}-${two(made.getHours())}${two(made.getMinutes())}${two(made.getSeconds())}.${type}`
}

/** Hands a text to the user as a file; nothing leaves the page. */
export function saveAsFile(name: string, text: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
