/** What llama.cpp's server may keep beside weights and window; its own limit is 8 GiB, in a heap of 4 GiB. */
const limitBytes = 2 ** 30

/**
 * Follows how much memory the engine has filled with the states of earlier prompts. When a prompt shares less than half with
 * what is in the KV cache, llama.cpp's server puts the old state aside, to have it again when that conversation goes on, and
 * never lets go of it. An upper bound: a state that is taken back is still counted.
 */
export type PromptMemory = {
  /** `conversation` is absent for work beside the conversations. */
  note(
    generation: {
      readonly inputTokens: number
      readonly cachedInputTokens: number
      readonly outputTokens: number
      /** Read from its first token, whatever was there. */
      readonly fresh?: boolean
    },
    conversation?: string,
  ): void
  /** Conversations whose last prompt is in the KV cache, or was put aside. */
  held(): readonly string[]
  /** Time to start afresh. */
  isFull(): boolean
}

export function createPromptMemory(kvBytesPerToken: number): PromptMemory {
  let held = 0
  let asideBytes = 0
  let current: string | undefined
  const aside = new Set<string>()
  return {
    note({ inputTokens, cachedInputTokens, outputTokens, fresh = false }, conversation) {
      if (fresh) {
        // It may have been read over what was there, or over a state that was taken back for it; nobody says which.
        asideBytes += held * kvBytesPerToken
        aside.clear()
      } else if (cachedInputTokens < held / 2) {
        asideBytes += held * kvBytesPerToken
        if (current !== undefined) aside.add(current)
        // It took a state back to go on from, and nobody says whose.
        if (conversation === undefined && cachedInputTokens > inputTokens / 2) aside.clear()
      }
      // Else its state was cut back, or went on.
      if (conversation !== undefined) aside.delete(conversation)
      current = conversation
      held = inputTokens + outputTokens
    },
    held: () => [...aside, ...(current === undefined ? [] : [current])],
    isFull: () => asideBytes > limitBytes,
  }
}
