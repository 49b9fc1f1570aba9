import type { Draft, Thought } from '#chat/message.ts'

/** Saved at the latest after this many milliseconds or tokens: the most that a crash can lose. */
export const draftEveryMs = 250
export const draftEveryTokens = 16

/** Saves a growing reply while it is written; writes never overlap, so a slow disk gets fewer of them, not a queue. */
export interface DraftWriter {
  update(text: string, outputTokens: number, thought?: Thought): void
  /** Saves what is there now; resolves when it is on disk. */
  flush(): Promise<void>
  /** Ends it and waits for a write under way. Rejects when a write had failed. */
  close(): Promise<void>
}

type Timers = { readonly set: (callback: () => void, ms: number) => unknown; readonly clear: (timer: unknown) => void }

const browserTimers: Timers = {
  set: (callback, ms) => setTimeout(callback, ms),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
}

export function createDraftWriter(
  draft: Draft,
  save: (draft: Draft) => Promise<void>,
  timers: Timers = browserTimers,
): DraftWriter {
  let text = draft.text
  let thought = draft.thought
  let tokens = 0
  let savedText: string | undefined
  let savedThought: Thought | undefined
  let savedTokens = 0
  let timer: unknown
  let writing: Promise<void> | undefined
  let failure: unknown

  async function write(): Promise<void> {
    timers.clear(timer)
    timer = undefined
    while (savedText !== text || savedThought !== thought) {
      savedText = text
      savedThought = thought
      savedTokens = tokens
      await save({ ...draft, text: savedText, ...(savedThought && { thought: savedThought }) })
    }
  }
  function flush(): Promise<void> {
    writing ??= write()
      .catch((error: unknown) => {
        failure = error
      })
      .finally(() => {
        writing = undefined
      })
    return writing
  }

  return {
    update(newText, outputTokens, newThought) {
      text = newText
      thought = newThought
      tokens = outputTokens
      if (tokens - savedTokens >= draftEveryTokens) void flush()
      else timer ??= timers.set(() => void flush(), draftEveryMs)
    },
    flush,
    async close() {
      timers.clear(timer)
      await writing
      if (failure !== undefined) throw failure
    },
  }
}
