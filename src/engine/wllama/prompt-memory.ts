/** What llama.cpp's server may keep beside weights and window; its own limit is 8 GiB, in a heap of 4 GiB. */
const limitBytes = 2 ** 30

/**
 * Follows how much memory the engine has filled with the states of earlier prompts. When a prompt shares less than half with
 * what is in the KV cache, llama.cpp's server puts the old state aside, to have it again when that conversation goes on, and
 * never lets go of it. An upper bound: a state that is taken back is still counted.
 */
export type PromptMemory = {
  note(generation: { readonly inputTokens: number; readonly cachedInputTokens: number; readonly outputTokens: number }): void
  /** Time to start afresh. */
  isFull(): boolean
}

export function createPromptMemory(kvBytesPerToken: number): PromptMemory {
  let held = 0
  let asideBytes = 0
  return {
    note({ inputTokens, cachedInputTokens, outputTokens }) {
      if (cachedInputTokens < held / 2) asideBytes += held * kvBytesPerToken
      held = inputTokens + outputTokens
    },
    isFull: () => asideBytes > limitBytes,
  }
}
