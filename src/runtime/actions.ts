import type { SourcesNamed } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import type { PromptWishes, ScoredBy, Shortening } from '#chat/prompt-wishes.ts'
import type { PlanChange } from '#context/assemble-with.ts'
import type { Manifest } from '#context/manifest.ts'
import type { TapeFrame } from '#context/tape.ts'
import type { PromptPart } from '#context/template.ts'
import type { Finding } from '#memory/lint-memory.ts'
import type { OpBody } from '#memory/memory.ts'
import type { GenerateEvent, ScoreProgress, TokenScore } from '#ports/engine.ts'
import type { EngineName } from '#ports/model.ts'
import type { ServerFound } from '#ports/remote-server.ts'
import type { TokenPiece } from '#ports/token-counter.ts'
import type { ConversationId, MemoryId, MessageId, OpId } from '#shared/ids.ts'
import type { Problem } from '#shared/problem.ts'
import type { CallLog } from './note-calls.ts'
import type { RemoteSettings } from './remote/remote-settings.ts'
import type { Settings } from './settings.ts'
import type { AskedMemory, Planned, PlanTarget, Remedies, SearchHit } from './state.ts'

export type RerunWatch = {
  readonly signal: AbortSignal
  readonly onText?: (text: string) => void
  /** Tokens of the prompt that the cache holds by now, of all. */
  readonly onRead?: (doneTokens: number, totalTokens: number) => void
}
/** `fresh`: read from its first token, whatever the cache holds. */
export type RerunAsked = Pick<Manifest, 'prompt' | 'sampling'> & { readonly fresh?: true }

/** `too-long`: about so many tokens were said, at least where the branch was not read to its beginning. */
export type WholeTranscript =
  | { readonly type: 'laid'; readonly manifest: Manifest }
  | { readonly type: 'too-long'; readonly tokens: number; readonly complete: boolean; readonly windowTokens: number }
  | { readonly type: 'failed'; readonly problem: Problem }

/** What came of a prompt that was sent again. `interrupted`: a turn of the chat came first. */
export type Rerun =
  | {
      readonly type: 'done'
      readonly text: string
      readonly usage: Omit<Extract<GenerateEvent, { type: 'generation-end' }>, 'type'>
      readonly modelId: string
      readonly engine: EngineName
      readonly windowTokens: number
    }
  | { readonly type: 'stopped' | 'interrupted'; readonly text: string }
  | { readonly type: 'failed'; readonly problem: Problem }

/** What came of a look at a server. */
export type ServerLook =
  | { readonly type: 'found'; readonly found: ServerFound }
  | { readonly type: 'failed'; readonly problem: Problem }

/** Tokens of a text with what gave them their probabilities. */
export type ScoredText = { readonly scores: readonly TokenScore[]; readonly by: Extract<ScoredBy, { type: 'model' }> }

/** What came of scoring a text. `interrupted`: a turn of the chat came first. */
export type Scoring =
  | ({ readonly type: 'done' } & ScoredText)
  | { readonly type: 'stopped' | 'interrupted' }
  | { readonly type: 'failed'; readonly problem: Problem }

export type ScoreWatch = { readonly signal: AbortSignal; readonly onProgress?: (progress: ScoreProgress) => void }

/** A text that could be sent without some of its phrases, with the tokens of its words before and after. */
export type ShortText = {
  readonly shortening: Shortening
  readonly wholeTokens: number
  readonly tokens: number
  /** No model is loaded here to count with. */
  readonly estimated: boolean
}

/**
 * Everything that the user interface can ask for. Actions do not throw: what goes wrong ends in the state, as a problem
 * or a notice. Those that return a promise resolve when the effect is on disk.
 */
export interface Actions {
  /** Opens an empty conversation; it is stored with its first message. Temporary ones never are. */
  newConversation(options?: { readonly temporary?: boolean }): void
  openConversation(id: ConversationId): Promise<void>
  loadEarlier(): Promise<void>
  rename(id: ConversationId, title: string): Promise<void>
  setPinned(id: ConversationId, pinned: boolean): Promise<void>
  setMemory(id: ConversationId, on: boolean): Promise<void>
  /** Another profile of memory: the epoch closes, and its prompt is read anew with the next message (`profileCost`). */
  setProfile(id: ConversationId, profileId: string): Promise<void>
  /** How replies are to name what they draw on. Another way closes the epoch, as another profile does. */
  setSources(id: ConversationId, sources: SourcesNamed): Promise<void>
  /** Holds the replies of a conversation to JSON that fits a schema, or no more where it is empty; the prompts stay as they are. */
  setJson(id: ConversationId, schema: string): Promise<void>
  /** What is wanted of the prompts of a conversation; nothing is deleted by it. */
  setWishes(id: ConversationId, wishes: PromptWishes): Promise<void>
  /** Tokens of the open conversation that would be read anew with the next message; 0 where nothing was sent yet. */
  profileCost(): Promise<number>
  /** Makes the example conversation, or finds the one that is here; resolves with its id, undefined where it could not be stored. */
  openExample(): Promise<ConversationId | undefined>
  /** Deletes with a notice to undo; final after 30 s. */
  deleteConversation(id: ConversationId): Promise<void>
  restoreConversation(id: ConversationId): Promise<void>

  /** Sends to the open conversation. Resolves with false when it could not be stored: the composer then keeps the text. */
  send(text: string): Promise<boolean>
  stop(): void
  /** A new sibling of the reply; for a user message that has no reply yet, its reply. */
  regenerate(messageId: MessageId): Promise<void>
  /** A new sibling of a user message with other text, and a reply to it. */
  edit(messageId: MessageId, text: string): Promise<boolean>
  /** Goes on with an interrupted, stopped or cut reply. */
  continueReply(replyId: MessageId): Promise<void>
  showSibling(messageId: MessageId): Promise<void>
  /** Loads the open conversation back to a message; false when it is not on the branch that is shown. */
  showMessage(messageId: MessageId): Promise<boolean>
  /** What is in the composer; makes the preview. */
  setDraft(text: string): void

  loadManifest(replyId: MessageId): Promise<void>
  /** The prompt of a reply of the open conversation with the whole transcript and no memory; undefined where it cannot be laid here. */
  layWhole(replyId: MessageId): Promise<WholeTranscript | undefined>
  /** Sends a recorded prompt, or what is left of it, to the loaded model once more. Nothing is stored; a turn goes first. */
  rerun(asked: RerunAsked, watch: RerunWatch): Promise<Rerun>
  /**
   * How likely each token of a text is to the loaded model after a prompt; after none, as the beginning of a message. Nothing
   * is stored; a turn goes first. Fails where the engine gives no probabilities.
   */
  scoreTokens(asked: { readonly prompt?: readonly PromptPart[]; readonly text: string }, watch: ScoreWatch): Promise<Scoring>
  /**
   * A text without its least informative phrases, by scores of a model or else by statistics of words; `ratio` of its tokens
   * at most, 0…0.8. Undefined where there is no model to count for.
   */
  shortenText(text: string, ratio: number, scored?: ScoredText): Promise<ShortText | undefined>
  /** The prompt of a receipt cut at its tokens, part by part; undefined where its tokenizer is not here. */
  tokenPieces(manifest: Manifest): Promise<readonly (readonly TokenPiece[])[] | undefined>
  /** The replies of the open conversation's branch with their windows in figures, oldest first. */
  readTape(): Promise<readonly TapeFrame[]>
  /** The prompt that would be sent, with changes; nothing is sent or stored. Undefined where there is no model to plan for. */
  planPrompt(target: PlanTarget, changes: readonly PlanChange[]): Promise<Planned | undefined>
  /** What would bring something, by its key, into a prompt; every change named was tried. Undefined as in `planPrompt`. */
  whatBringsIn(target: PlanTarget, key: string): Promise<Remedies | undefined>
  /** Makes changes part of what is wanted of the open conversation's prompts, with a notice to undo; makes a reply again. */
  applyPlan(target: PlanTarget, changes: readonly PlanChange[]): Promise<void>
  /** Messages by id, from any conversation, for the quotes of evidence; those that are deleted or damaged are missing. */
  readMessages(ids: readonly MessageId[]): Promise<readonly Message[]>
  exportConversation(id: ConversationId, format: 'markdown' | 'json'): Promise<Blob | undefined>
  /** Full text over all conversations, newest first among equals. */
  search(text: string): Promise<readonly SearchHit[]>

  loadModel(modelId: string): Promise<void>
  /** Ends a load, or the wait for the next try. */
  cancelLoad(): void
  /** Loads now what is waited for. */
  tryLoadNow(): void
  /** Makes a model that gives no sign of life anew. */
  restartModel(): void
  unloadModel(): Promise<void>
  /** Has a model's window roll, or not; the model that runs is loaded again for it. */
  setRolling(modelId: string, rolls: boolean): Promise<void>
  setWindow(modelId: string, windowTokens: number): Promise<void>
  /** Removes a model's files from this browser. */
  deleteModelFiles(modelId: string): Promise<void>
  refreshModels(): Promise<void>
  /** Fetches the whole list of models; the state holds them from then on. */
  openCatalogue(): Promise<void>

  /** Takes in a model file of the user's own (GGUF); the state tells how far it is and what is wrong with it. */
  takeInFile(file: File): Promise<void>
  /** Stops it; nothing of the file stays. */
  cancelTakeIn(): void
  /** Lets go of what was said of the last one. */
  closeTakeIn(): void
  /** The same of a file for the neural embedder, which is chosen at once. */
  takeInEmbedder(file: File): Promise<void>
  cancelTakeInEmbedder(): void
  /** Chooses the neural embedder; every message gets its vector anew, in idle time. */
  chooseEmbedder(id: string | undefined): Promise<void>
  /** Removes the files of an embedder, of the user's own or on offer. */
  deleteEmbedder(id: string): Promise<void>
  /** Looks anew which embedders are here. */
  refreshEmbedders(): Promise<void>

  /** Asks a server outside this page what it offers; nothing of the user's is sent but the key, by default the stored one. */
  lookAtServer(address: string, key: string | undefined, signal: AbortSignal): Promise<ServerLook>
  /** Changes what is allowed about the server; what runs on it is disconnected, so that nothing goes on under what held before. */
  setRemote(change: Partial<Omit<RemoteSettings, 'on'>>): Promise<void>
  /** Stores the server's key on this device, or forgets it where it is empty. */
  setRemoteKey(key: string): Promise<void>
  hasRemoteKey(): Promise<boolean>
  /** Allows servers, or forgets what was allowed with its key. The page is loaded anew in the document for it. */
  switchRemote(on: boolean): Promise<void>

  updateSettings(change: Partial<Settings>): Promise<void>
  /** Stops loading the neural embedder. */
  cancelEmbedder(): void
  /** Loads it again after it failed or was cancelled. */
  retryEmbedder(): void
  keepStorage(): Promise<void>
  refreshStorage(): Promise<void>
  /** Writes the second copy anew; the state tells whether that succeeded. */
  renewSecondCopy(): Promise<void>

  /** Rewrites the summary of the open conversation from its last version and what came after, now. */
  summarizeNow(): Promise<void>
  /** Adds what the user wrote down; pinned, it is in every prompt. Resolves with its id, undefined where it could not be stored. */
  addMemory(text: string, kind: 'fact' | 'event' | 'loop', pinned: boolean): Promise<MemoryId | undefined>
  /** Puts the user's words in place of a memory; `changed`: the old ones held until now. Resolves with the id of the new one. */
  editMemory(id: MemoryId, text: string, changed: boolean): Promise<MemoryId | undefined>
  /** Changes memory in the user's name. Resolves with the ops made, by which it can be undone; none where it failed. */
  changeMemory(changes: readonly OpBody[]): Promise<readonly OpId[]>
  /** Takes changes of memory back; those that were taken back already are left. */
  undoOps(ids: readonly OpId[]): Promise<void>
  /** Brings back changes that were taken back. */
  redoOps(ids: readonly OpId[]): Promise<void>
  /** What would be retrieved for a text and enter the prompt of the open conversation, made as for a turn; nothing is sent. */
  askMemory(text: string): Promise<AskedMemory | undefined>
  /** Everything in memory that a person should look at; undefined where that could not be found out. */
  checkMemory(): Promise<readonly Finding[] | undefined>
  /** How often the model was asked for memory, and what came of it; undefined where that could not be read. */
  readCalls(): Promise<CallLog | undefined>
  /** The receipts of the newest replies, of one conversation or of all, newest first; undefined where they could not be read. */
  recentPrompts(conversationId?: ConversationId): Promise<readonly Manifest[] | undefined>
  /** How many receipts of stored replies show one of these memories. Looks through all of them, until it is aborted. */
  countReceipts(ids: readonly MemoryId[], signal: AbortSignal): Promise<number | undefined>

  /** Streams the backup to a file of the user's choice, or a download. */
  writeBackup(): Promise<void>
  checkBackup(file: Blob): Promise<void>
  restoreBackup(): Promise<void>
  discardBackup(): Promise<void>

  /** Reads files of other programs and shows what they hold; nothing is taken over before `importChats`. */
  lookIntoFiles(files: readonly File[]): Promise<void>
  /** Takes over the conversations of these groups that are not here yet. What is on disk stays when it is cancelled. */
  importChats(groups: readonly string[]): Promise<void>
  /** Stops reading or importing. */
  cancelImport(): void
  /** Lets go of what was read. */
  closeImport(): void

  dismissNotice(id: string): void
  dismissTurnProblem(): void
}
