import type { TokenRun } from './token-runs.ts'

/** Words with a stroke before each token. */
export function TokenText({ runs }: { readonly runs: readonly TokenRun[] }) {
  return runs.map(({ text, begins, tokens }, at) => (
    <span
      // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of a stored prompt never change.
      key={at}
      data-token={begins || undefined}
      title={tokens > 1 ? `${tokens} tokens` : undefined}
      className={begins ? 'border-accent/60 border-l pl-px forced-colors:border-[CanvasText]' : undefined}
    >
      {text}
    </span>
  ))
}
