import type { Role } from '#chat/message.ts'

/** A message of another program or data set, as it goes into the product. */
export type ImportedMessage = {
  /** Unique within the import, and the same whenever the same file is read. */
  readonly key: string
  /** The message it follows; absent on the first one. Messages with the same parent are versions of each other. */
  readonly parentKey?: string
  readonly role: Role
  /** Who wrote it, where the conversation has people besides the user and the assistant. */
  readonly speaker?: string
  readonly text: string
  /** Milliseconds since 1970, UTC. */
  readonly at: number
}

/** A conversation with at least one message; a parent comes before its children. */
export type ImportedConversation = {
  readonly key: string
  readonly title: string
  readonly messages: readonly ImportedMessage[]
  /** The end of the branch that the source showed; the last message where absent. */
  readonly headKey?: string
  /** Messages that begin a new topic, where the source labels them. */
  readonly topicShifts?: readonly string[]
}

/** A question about imported conversations, with what its data set knows about the answer. */
export type ImportedQuestion = {
  readonly key: string
  readonly text: string
  /** When it is asked: the set's own date, or a day after the last message. */
  readonly at: number
  readonly answer?: string
  /** The set's own name of its kind. */
  readonly category: string
  /** Keys of the messages that hold the answer. */
  readonly gold: readonly string[]
  /** `gold` by the set's own names, where it tells parts apart: BEAM's `original_info` and `updated_info`. */
  readonly parts?: Readonly<Record<string, readonly string[]>>
  /** The conversations do not hold the answer, and the right reply says so. */
  readonly abstain: boolean
  /** Keys of the conversations that are there when it is asked. */
  readonly over: readonly string[]
  /** What a grader looks for. */
  readonly rubric?: readonly string[]
}

/** Where something stands in a file: `locomo-dev.json`, `row 3, question 17`. */
export type Place = { readonly file: string; readonly at: string }

/** Something that could not be taken over, and why. The rest of the file is not touched by it. */
export type ImportProblem = Place & { readonly why: string }

/** Something that another program remembered of the user, in one line. */
export type ImportedMemory = {
  readonly key: string
  readonly text: string
  /** When it was noted. */
  readonly at: number
  /** The name of the program. */
  readonly by: string
}

export type Imported = {
  readonly conversations: readonly ImportedConversation[]
  readonly questions: readonly ImportedQuestion[]
  readonly memories: readonly ImportedMemory[]
  readonly problems: readonly ImportProblem[]
  /** What was left out on purpose, by its kind: how often. */
  readonly skipped: Readonly<Record<string, number>>
}

/** What readers of formats hand their findings to, as they find them. */
export type Intake = {
  readonly conversation: (found: ImportedConversation) => void
  readonly question: (found: ImportedQuestion) => void
  readonly memory: (found: ImportedMemory) => void
  readonly problem: (found: ImportProblem) => void
  readonly skip: (kind: string) => void
}

/** An intake that keeps everything. */
export function collectImport(): Intake & Imported {
  const conversations: ImportedConversation[] = []
  const questions: ImportedQuestion[] = []
  const memories: ImportedMemory[] = []
  const problems: ImportProblem[] = []
  const skipped: Record<string, number> = {}
  return {
    conversations,
    questions,
    memories,
    problems,
    skipped,
    conversation: (found) => conversations.push(found),
    question: (found) => questions.push(found),
    memory: (found) => memories.push(found),
    problem: (found) => problems.push(found),
    skip(kind) {
      skipped[kind] = (skipped[kind] ?? 0) + 1
    },
  }
}

export function within(place: Place, more: string): Place {
  return { file: place.file, at: place.at === '' ? more : `${place.at}, ${more}` }
}
