/** Wall-clock time as the pure code receives it, in milliseconds since 1970. */
export type Clock = { readonly now: () => number }
