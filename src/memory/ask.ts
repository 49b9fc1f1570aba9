/** A question to a model beside the chat. Rejects with an AbortError when the user comes first. */
export type Ask = (
  prompt: { readonly system: string; readonly user: string },
  /** The most that it may write, in tokens. */
  maxOutputTokens: number,
) => Promise<string>

/** What came of a kind of call: how often the model was asked and answered in the form asked for, and of its lines how many were dropped. */
export type CallReport = { readonly asked: number; readonly parsed: number; readonly lines: number; readonly dropped: number }

export const noCalls: CallReport = { asked: 0, parsed: 0, lines: 0, dropped: 0 }

export function addCalls(a: CallReport, b: CallReport): CallReport {
  return {
    asked: a.asked + b.asked,
    parsed: a.parsed + b.parsed,
    lines: a.lines + b.lines,
    dropped: a.dropped + b.dropped,
  }
}
