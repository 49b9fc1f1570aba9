/** Shares of what the window leaves beside the reply's reserve. Our own figures, from no paper. */
export const shares = { head: 0.15, summary: 0.1, recalled: 0.3 } as const

/** How many candidates are looked at for a room of so many tokens: more than it can hold, since some are passed over. */
export function candidatesFor(roomTokens: number): number {
  return Math.min(400, Math.max(40, Math.ceil(roomTokens / 16)))
}

/**
 * The most tokens of the summary in `availableTokens`, what the window leaves beside the reply: its share, but enough for a
 * few sentences, up to a quarter of a small window.
 */
export function summaryRoom(availableTokens: number): number {
  return Math.max(Math.floor(availableTokens * shares.summary), Math.min(96, Math.floor(availableTokens / 4)))
}

/** Newest rounds that come before memory when room is short; a summary leaves them out. */
export const floorRounds = 3

/**
 * Tokens kept for the reply: a fifth of the window, at least 512 (256 in windows up to 1024), what was asked, never over
 * three eighths: a reply may use whatever the prompt leaves, and in a small window memory needs the room more.
 */
export function replyReserve(windowTokens: number, maxOutputTokens: number): number {
  const usual = windowTokens <= 1024 ? 256 : Math.max(512, Math.floor(windowTokens / 5))
  return Math.min(Math.floor(windowTokens * (3 / 8)), Math.max(usual, maxOutputTokens))
}

/** What a message that is too long for the rest may leave of the reserve. */
export function leastReserve(reserve: number): number {
  return Math.ceil(reserve / 4)
}

/**
 * How far a new head with left-out turns is filled, in tokens: half the window, and less where the reply's reserve is large.
 * The epoch needs room to grow until pressure ends it.
 */
export function headFill(windowTokens: number, reserve: number): number {
  return Math.floor(Math.min(windowTokens / 2, (windowTokens - reserve) * (5 / 8)))
}

/**
 * Tokens at which an epoch closes: three quarters of the window, and early enough that a turn of usual size still fits
 * beside the reply's reserve. An epoch that ended only where a prompt no longer fits would leave turns out that no summary
 * covers yet.
 */
export function pressureTokens(windowTokens: number, reserve: number): number {
  return Math.floor(Math.min(windowTokens * 0.75, (windowTokens - reserve) * (7 / 8)))
}
