import type { CacheReuse, LoadedModel } from '#ports/engine.ts'

const words: Readonly<Record<Exclude<CacheReuse, 'several'>, string>> = {
  one: 'Its library keeps the cache of one conversation at a time: after other work a turn is read anew.',
  appended: 'Its library cannot cut its cache back: after an edit or another reply everything is read anew.',
  server: 'What a server keeps of earlier prompts is its own business; the receipt says what it told.',
  untold: 'What the browser keeps of earlier prompts it does not tell; no figures of it are shown.',
  none: 'Its library failed the test of reading on top of its cache: every prompt is read whole, so that replies are right.',
}

/** What the loaded model cannot reuse, where anything. */
export function ReuseLine({ loaded: { reuse, rolling } }: { readonly loaded: Pick<LoadedModel, 'reuse' | 'rolling'> }) {
  // Where the window rolls, the words beside its choice say it.
  return reuse === 'several' || rolling ? null : <p className="mt-1 text-xs text-ink-2">{words[reuse]}</p>
}
