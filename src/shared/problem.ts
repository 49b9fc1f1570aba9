/**
 * What the user is told when something fails: what is wrong, what it means and what to do.
 * Adapters translate their own errors into a closed `type`; the runtime turns that into a Problem.
 */
export type Problem = {
  /** Stable, machine-readable: `engine/out-of-memory`, `storage/quota`. */
  readonly type: string
  /** One plain sentence: what is wrong. */
  readonly title: string
  /** What it means for the user's data and what to do next. */
  readonly advice: string
  /** The technical text, shown on demand. */
  readonly detail?: string
}
