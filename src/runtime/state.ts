import type { Conversation } from '#chat/conversation.ts'
import type { Message, Thought } from '#chat/message.ts'
import type { Remedy } from '#context/bring-in.ts'
import type { DroppedItem, Manifest } from '#context/manifest.ts'
import type { Memory, MemoryOp } from '#memory/memory.ts'
import type { FoundProblem } from '#ports/chat-importer.ts'
import type { EmbedderModel } from '#ports/embedder.ts'
import type { LoadedModel, LoadProgress } from '#ports/engine.ts'
import type { EngineName, Model, UnofferedModel } from '#ports/model.ts'
import type { WindowPlan } from '#ports/plan-window.ts'
import type { BackupSummary, DamagedRow, SecondCopyState } from '#ports/storage.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import type { Problem } from '#shared/problem.ts'
import type { Notice } from './notice.ts'
import type { OwnFileState } from './own-file-state.ts'
import type { RemoteSettings } from './remote/remote-settings.ts'
import type { Settings } from './settings.ts'

/** A reply on its way. `reading`: the engine reads the prompt. */
export type LiveReply = {
  readonly replyId: MessageId
  readonly conversationId: ConversationId
  readonly parentId: MessageId
  readonly phase: 'assembling' | 'queued' | 'reading' | 'thinking' | 'writing' | 'saving'
  readonly text: string
  /** What it thinks in writing before, as far as it is written. */
  readonly thought?: Thought
  readonly modelId: string
  readonly startedAt: number
  /** While reading: tokens in the KV cache of all tokens of the prompt, where the engine tells. */
  readonly readTokens?: number
  readonly totalTokens?: number
  readonly outputTokens: number
  /** Measured over the reply so far. */
  readonly tokensPerSecond?: number
}

export type EngineState =
  | { readonly type: 'none' }
  | {
      readonly type: 'loading'
      readonly model: Model
      readonly engine: EngineName
      readonly progress: LoadProgress | undefined
      readonly startedAt: number
      /** Measured over the last seconds; absent until it can be told. */
      readonly bytesPerSecond?: number
      readonly secondsLeft?: number
      /** Present where it is loaded again by itself: after what, and with which window. */
      readonly again?: {
        readonly problem: Problem
        readonly windowTokens: number
        /** The window that there was not enough memory for. */
        readonly fromTokens?: number
      }
      readonly silent?: true
    }
  | {
      readonly type: 'ready' | 'generating'
      readonly model: Model
      readonly loaded: LoadedModel
      /** It owes an answer and has given no sign of life for some seconds. */
      readonly silent?: true
    }
  /** It failed and is loaded again by itself at `until`, in milliseconds since 1970. */
  | { readonly type: 'waiting'; readonly model: Model; readonly problem: Problem; readonly until: number }
  | { readonly type: 'error'; readonly model: Model; readonly problem: Problem }

/** The neural embedder of this tab. `off`: not wanted, or another tab holds the model. */
export type EmbedderState =
  | { readonly type: 'off' | 'cancelled' }
  | { readonly type: 'loading'; readonly progress?: LoadProgress }
  /** `messages` have their vectors so far; `catchingUp` while others wait for theirs. */
  | { readonly type: 'ready'; readonly messages: number; readonly catchingUp: boolean }
  | { readonly type: 'error'; readonly problem: Problem }

/** What this device offers, as far as it could be found out. */
export type Device = {
  readonly gpu: 'real' | 'software' | 'none' | 'unknown'
  readonly gpuName?: string
  readonly shaderF16?: boolean
  readonly maxBufferBytes?: number
  /** Largest part of a buffer that a shader may use. */
  readonly maxBindingBytes?: number
  /** Memory of the machine as the browser admits it, rounded and capped; many browsers keep it to themselves. */
  readonly memoryBytes?: number
  /** What a model took on this GPU when it was tried; absent until one was. */
  readonly triedBytes?: number
  readonly threads: number
  readonly crossOriginIsolated: boolean
}

/** A server outside this page: what the user allowed, and whether this document could talk to it. */
export type RemoteState = {
  readonly settings: RemoteSettings
  /** `absent`: this build knows no servers. `sealed`: the chat document is the one that can open nothing. */
  readonly document: 'absent' | 'sealed' | 'may-talk'
}

/** Whether the browser brings a model of its own; `absent`: it has no API for one. */
export type BrowserModelState = 'absent' | 'unavailable' | 'downloadable' | 'downloading' | 'available'

/** A row of the models page. */
export type ModelRow = {
  readonly model: Model
  /** The engine that would run it here by the present settings; absent where none can, with the reason. */
  readonly engine?: EngineName
  readonly cannotRun?: string
  /** What of it is in this browser: `unknown`, without bytes, until its storage was looked at. */
  readonly onDisk: 'yes' | 'partly' | 'no' | 'unknown'
  readonly diskBytes?: number
  /** What the KV cache is made for; `rolling`: whether its window can roll here, and does. */
  readonly windowTokens: number
  readonly rolling?: 'off' | 'on'
  /** How large a window it can have here; absent where it cannot run. */
  readonly plan?: WindowPlan
}

/** The conversation on the screen. */
export type OpenConversation = {
  readonly conversation: Conversation
  /** The end of the branch shown, oldest first, without the live reply. */
  readonly messages: readonly Message[]
  /** False while older messages are on disk and not yet loaded. */
  readonly complete: boolean
  /** Number of the first loaded user turn, from 1, when it is known. */
  readonly firstTurn?: number
  /** Ids of all siblings in order of time, for messages that have any. */
  readonly siblings: Readonly<Record<MessageId, readonly MessageId[]>>
  /** The newest summary in force on this branch. */
  readonly summary?: Memory
}

/** What sending the text in the composer now would put into the prompt; made by the same function as the real prompt. */
export type Preview = {
  readonly manifest: Manifest
  /** True while retrieval has not answered for the present text, or no model is loaded to count with. */
  readonly estimated: boolean
}

/** What a text would bring into the prompt, asked without sending it. */
export type AskedMemory =
  | {
      readonly type: 'asked'
      readonly manifest: Manifest
      /** True where no model is loaded here to count with: tokens are a quarter of the characters. */
      readonly estimated: boolean
    }
  | { readonly type: 'failed'; readonly problem: Problem }

/** Whose prompt is planned: of the text in the composer, or of a stored reply that is made again. */
export type PlanTarget = { readonly type: 'next' } | { readonly type: 'again'; readonly replyId: MessageId }

export type Planned =
  /** `estimated`: no model is loaded here to count with. */
  | { readonly type: 'planned'; readonly manifest: Manifest; readonly estimated: boolean }
  | { readonly type: 'failed'; readonly problem: Problem }

/** What would bring something into a prompt; `manifest` is the plan as it is without. */
export type Remedies =
  | { readonly type: 'holds' | 'not-found'; readonly manifest: Manifest }
  | {
      readonly type: 'remedies'
      readonly manifest: Manifest
      readonly item: DroppedItem
      readonly remedies: readonly Remedy[]
    }
  | { readonly type: 'failed'; readonly problem: Problem }

export type SearchHit = {
  readonly conversationId: ConversationId
  readonly conversationTitle: string
  readonly messageId: MessageId
  readonly role: 'user' | 'assistant'
  readonly at: number
  /** The words around the hit, and where the hit stands in them. */
  readonly excerpt: string
  readonly from: number
  readonly to: number
}

export type StorageState = {
  readonly persisted: boolean | 'unknown'
  readonly usageBytes?: number
  readonly quotaBytes?: number
  readonly damaged: readonly DamagedRow[]
  /** Whether everything is also kept outside the database. */
  readonly copy: SecondCopyState
  /** How the search index came to be; absent while it does. */
  readonly index?: IndexState
}

export type IndexState = {
  /** Messages that came of what was stored of the index, and those that were read anew. */
  readonly restored: number
  readonly added: number
  /** Why a part of what was stored could not be used. */
  readonly refused?: 'old' | 'damaged'
  /** Why it is not stored now. */
  readonly problem?: string
}

export type BackupState =
  | { readonly type: 'idle' }
  | { readonly type: 'writing' | 'checking'; readonly rows: number; readonly bytes: number }
  | { readonly type: 'staged'; readonly summary: BackupSummary }
  | { readonly type: 'restoring' }
  | { readonly type: 'failed'; readonly problem: Problem }

/** Conversations that were found together: they are chosen together. */
export type ImportGroup = {
  readonly name: string
  readonly conversations: number
  readonly messages: number
  readonly from: number
  readonly until: number
  /** Conversations of it that are here already, whole. */
  readonly present: number
}

/** What was read, looked at but not taken over yet. */
export type ImportPreview = {
  readonly groups: readonly ImportGroup[]
  /** What is left out on purpose, by its kind: how often. */
  readonly skipped: Readonly<Record<string, number>>
  readonly problems: readonly FoundProblem[]
  readonly problemCount: number
}

export type ImportState =
  | { readonly type: 'idle' }
  /** Reading the files; `bytes` of `totalBytes` were read. */
  | { readonly type: 'looking'; readonly bytes: number; readonly totalBytes: number; readonly conversations: number }
  | ({ readonly type: 'preview' } & ImportPreview)
  /** Writing: `messages` of `totalMessages` are on disk. */
  | { readonly type: 'importing'; readonly messages: number; readonly totalMessages: number }
  /** What is counted is on disk. `leftGroups`: it was cancelled or failed before the end, and these can be finished. */
  | {
      readonly type: 'done'
      readonly conversations: number
      readonly messages: number
      readonly facts: number
      readonly leftGroups?: readonly string[]
      readonly problem?: Problem
    }
  | { readonly type: 'failed'; readonly problem: Problem }

export type LonghandState = {
  readonly boot:
    | { readonly type: 'starting' }
    | { readonly type: 'ready' }
    | { readonly type: 'failed'; readonly problem: Problem }
  readonly settings: Settings
  readonly conversations: readonly Conversation[]
  readonly open: OpenConversation | undefined
  /** True while `open` is being read from disk. */
  readonly opening: boolean
  /** Replies on their way, by conversation: at most one each. */
  readonly live: Readonly<Record<ConversationId, LiveReply>>
  /** User messages being committed, by conversation: shown with status `saving`. */
  readonly saving: Readonly<Record<ConversationId, Message>>
  readonly manifests: Readonly<Record<MessageId, Manifest | 'missing'>>
  readonly preview: Preview | undefined
  readonly engine: EngineState
  readonly ownFile: OwnFileState
  readonly embedder: EmbedderState
  /** The embedders on offer, the one that comes with Longhand first, then those of files that the user brought. */
  readonly embedderModels: readonly EmbedderModel[]
  readonly embedderFile: OwnFileState
  readonly device: Device
  readonly remote: RemoteState
  readonly browserModel: BrowserModelState
  /** The models at hand: the built-in one and those in use; all of them once the catalogue was opened. */
  readonly models: readonly ModelRow[]
  /** What the catalogue has besides and Longhand does not run; absent until it was opened. */
  readonly unoffered: readonly UnofferedModel[] | undefined
  /** All memories, reduced from the log, retired ones included. */
  readonly memories: readonly Memory[]
  /** The log that they are the reduction of, in order of (at, id). */
  readonly memoryOps: readonly MemoryOp[]
  /** Jobs waiting or running, for "memory is being written". */
  readonly pendingJobs: number
  /** `owner`: this tab runs the model. `follower`: another tab does and answers for this one. */
  readonly tab: 'owner' | 'follower'
  readonly storage: StorageState
  readonly backup: BackupState
  readonly importing: ImportState
  readonly notices: readonly Notice[]
  /** The last failed turn of the open conversation, shown above the composer with what to do. */
  readonly turnProblem: { readonly conversationId: ConversationId; readonly problem: Problem } | undefined
  /** A newer version upgraded the data: this tab can only read on and be reloaded. */
  readonly outdated: boolean
}
