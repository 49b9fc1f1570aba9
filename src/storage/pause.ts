/** Lets the page do what is waiting: long work over many rows stops for it from time to time. Not inside a transaction, which would end. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}
