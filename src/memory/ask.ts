export type AskPrompt = {
  readonly system: string
  readonly user: string
  /** How the answer begins; part of what is answered. */
  readonly begun?: string
}

/** A question to a model beside the chat. Rejects with an AbortError when the user comes first. */
export type Ask = (
  prompt: AskPrompt,
  /** The most that it may write, in tokens. */
  maxOutputTokens: number,
) => Promise<string>

/** Why a line that a model wrote did not enter memory. */
export type DropReason =
  | 'form'
  | 'unsupported'
  | 'repeated'
  | 'told'
  | 'no-room'
  /** With the whole answer: it copied the conversation, or forgot the memory before. */
  | 'copied'
  | 'forgot'

export type DropReasons = Readonly<Partial<Record<DropReason, number>>>

/** What came of a kind of call: how often the model was asked and answered in the form asked for, and of its lines how many were dropped, and why where it is known. */
export type CallReport = {
  readonly asked: number
  readonly parsed: number
  readonly lines: number
  readonly dropped: number
  readonly why?: DropReasons
}

export const noCalls: CallReport = { asked: 0, parsed: 0, lines: 0, dropped: 0 }

export function addCalls(a: CallReport, b: CallReport): CallReport {
  return {
    asked: a.asked + b.asked,
    parsed: a.parsed + b.parsed,
    lines: a.lines + b.lines,
    dropped: a.dropped + b.dropped,
    ...((a.why || b.why) && { why: addReasons(a.why, b.why) }),
  }
}

function addReasons(a: DropReasons = {}, b: DropReasons = {}): DropReasons {
  const sum: Partial<Record<DropReason, number>> = { ...a }
  for (const [reason, count] of Object.entries(b) as [DropReason, number][]) sum[reason] = (sum[reason] ?? 0) + count
  return sum
}
