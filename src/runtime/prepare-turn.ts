import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import { changeWishes, noWishes } from '#chat/prompt-wishes.ts'
import { assemble } from '#context/assemble.ts'
import type { AssembleInput, CountTokens } from '#context/assemble-input.ts'
import type { PlanChange } from '#context/assemble-with.ts'
import { candidatesFor, shares } from '#context/budget.ts'
import { decideEpoch } from '#context/decide-epoch.ts'
import type { Manifest } from '#context/manifest.ts'
import type { Candidate } from '#memory/candidate.ts'
import type { Memory } from '#memory/memory.ts'
import { factKeys } from '#memory/memory-candidates.ts'
import { type ReadMode, readModes } from '#memory/read-modes.ts'
import { summaryForPath } from '#memory/summary-for-path.ts'
import type { LoadedModel } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import type { Retrieval } from '#ports/retrieval.ts'
import type { MemoryId, MessageId } from '#shared/ids.ts'
import { applySeek, chosenFrom } from '#strategies/apply-seek.ts'
import { headLines } from '#strategies/head-lines.ts'
import type { Plan } from '#strategies/profile.ts'
import { planOf, writesSummary } from '#strategies/profiles.ts'
import { earlierTokens } from './earlier-tokens.ts'
import { memoriesFor } from './example/memories-for.ts'
import { guardedTemplate } from './guarded-template.ts'
import { type Choose, pickMemories } from './pick-memories.ts'
import { pinnedElsewhere } from './pinned-elsewhere.ts'
import { type Runtime, repositoryOf } from './runtime.ts'
import { asChosen, samplingOf } from './sampling.ts'
import type { SearchByModel } from './search-by-model.ts'

/** A turn about to be answered: the branch up to the user message, and a cut reply to go on with. */
export type TurnRequest = {
  readonly conversation: Conversation
  readonly path: readonly Message[]
  readonly pathComplete: boolean
  readonly replyId: MessageId
  readonly continued?: Message
  readonly model: Model
  readonly loaded: LoadedModel
  readonly count: CountTokens
  /** Changes of the plan, to see what comes of them. */
  readonly changes?: readonly PlanChange[]
  /** Lets the loaded model choose memories before the reply. Absent where it may not write memory, and in previews: rules choose. */
  readonly choose?: Choose
  /** Lets it search before the reply; absent as `choose` is: what the message itself finds has to do. */
  readonly search?: SearchByModel
  /** In a preview, what was retrieved for nearly the same text; else the index is asked. */
  readonly retrieval?: Retrieval
}

const noRetrieval: Retrieval = { candidates: [], threshold: 0, confidence: 0 }

/** A prompt with all that it was laid from, so that it can be laid again with changes. */
export type PreparedTurn = { readonly manifest: Manifest; readonly input: AssembleInput; readonly retrieval: Retrieval }

/** Makes the manifest, and with it the prompt, of one turn: the only way to one, for sending and for the preview alike. */
export async function prepareTurn(runtime: Runtime, turn: TurnRequest): Promise<PreparedTurn> {
  const { services, store } = runtime
  const { settings } = store.getState()
  const { conversation, path, loaded } = turn
  const model = asChosen(settings, turn.model)
  const now = services.clock.now()
  const memoryOn = settings.memory && conversation.memory && !conversation.temporary
  const plan = planOf(conversation.profile)
  const recalls = memoryOn && plan.recalls
  const own = conversation.instructions ?? (settings.instructions || model.defaultInstructions)
  const { wishes, anew } = wanted(runtime, turn)
  const readMode = recalls ? readModeOf(conversation, plan) : 'direct'
  const manner = readModes[readMode].instructions
  const instructions = [own, manner].filter(Boolean).join('\n\n')
  // A cut reply goes on from its own prompt: its manifest is the previous one (rule C16).
  const previous = await previousPrompt(runtime, conversation, turn.continued ? [...path, turn.continued] : path)
  const summary = writesSummary(plan) ? summaryForPath(runtime.memories, path) : undefined
  const you = recalls ? linesFor(runtime, turn, plan, summary, now) : []
  const manifestModel = { id: model.id, name: model.name, engine: loaded.engine, tokenizerId: model.tokenizerId }
  const free = samplingOf(settings, model, loaded, services.newSeed)
  const sampling = conversation.json ? { ...free, jsonSchema: conversation.json } : free
  const memoryEditedAt = runtime.ops.findLast(({ cause }) => cause.type === 'user' || cause.type === 'source-deleted')?.at
  const about = {
    createdAt: now,
    model: manifestModel,
    template: guardedTemplate(runtime, model),
    windowTokens: loaded.windowTokens,
    ...(loaded.rolling && { rolling: loaded.rolling }),
    instructions,
    path,
    ...(summary ? { summary } : {}),
    ...(previous ? { previous } : {}),
    ...(turn.continued ? { continued: turn.continued } : {}),
    ...(conversation.profile === undefined ? {} : { profile: conversation.profile }),
    readMode,
    wishes,
  }
  const due = you.some(({ memory }) => memory.kind === 'loop' && !memory.pinned && !isHeld(previous?.manifest, memory.id))
  const usual = decideEpoch(
    { ...about, memoryOn: recalls, due, ...(memoryEditedAt === undefined ? {} : { memoryEditedAt }) },
    turn.count,
  )
  const decision = anew && usual.type === 'continue' ? ({ type: 'new', reason: 'plan-changed' } as const) : usual
  const recall = (held: Manifest | undefined) => (recalls ? retrieve(runtime, turn, held) : noRetrieval)
  const input: Omit<AssembleInput, 'candidates' | 'threshold' | 'cacheCold'> = {
    ...about,
    replyId: turn.replyId,
    conversationId: conversation.id,
    utcOffsetMinutes: services.utcOffsetMinutes(now),
    sampling,
    memoryOn: recalls,
    you,
    ...(await sizeRule(runtime, turn, plan, previous?.manifest)),
    pathComplete: turn.pathComplete,
    decision,
    epochId: services.newId('epoch'),
  }
  const lay = async (retrieval: Retrieval): Promise<PreparedTurn> => {
    const pinned = recalls ? await pinnedElsewhere(runtime, conversation, wishes, { path, candidates: retrieval.candidates }) : []
    const { candidates, threshold, confidence, embedder } = retrieval
    // Looked at last: a question to the model while memories were chosen may have emptied the cache.
    const cacheCold = !holds(runtime.inCache.get(conversation.id), previous?.manifest)
    const found = { threshold, candidates: [...candidates, ...pinned], ...(embedder && { embedder }) }
    const whole = { ...input, cacheCold, ...found, ...(candidates.length > 0 && { confidence }) }
    return { manifest: assemble(whole, turn.count), input: whole, retrieval }
  }
  const laid = await lay(turn.retrieval ?? (await recall(decision.type === 'continue' ? previous?.manifest : undefined)))
  if (turn.retrieval || decision.type === 'new' || laid.manifest.epoch.id !== input.epochId) return laid
  // It did not fit, and a new head was laid after all: what the old one held and this one does not may be recalled now.
  return lay(await recall(undefined))
}

/** What the user chose for the conversation goes before what its profile says. */
function readModeOf({ sources = 'none' }: Conversation, plan: Plan): ReadMode {
  return sources === 'none' ? plan.answer : sources
}

/** By what the size of the history decides, where the profile lets it. */
async function sizeRule(
  runtime: Runtime,
  { conversation, path, pathComplete, model }: TurnRequest,
  plan: Plan,
  previous: Manifest | undefined,
): Promise<Pick<AssembleInput, 'bySize'>> {
  const recallAbove = plan.knobs['convo-mem.recallAbove']
  const oldest = path[0]
  if (recallAbove === undefined) return {}
  const told = previous?.history && previous.model.tokenizerId === model.tokenizerId
  if (pathComplete || told || !oldest) return { bySize: { recallAbove } }
  return { bySize: { recallAbove, earlierTokens: await earlierTokens(runtime, conversation, oldest.id) } }
}

/** What the user wants of the prompt, and whether a new head. */
function wanted(runtime: Runtime, { conversation, changes = [] }: TurnRequest) {
  const anew = runtime.anew.has(conversation.id) || changes.some(({ type }) => type === 'new-epoch')
  const wishes = changeWishes(
    conversation.wishes ?? noWishes,
    changes.filter((change) => change.type !== 'new-epoch'),
  )
  return { wishes, anew }
}

/** What memory lays into a new head; what stands among the turns that are sent as they were said needs no line. */
function linesFor(runtime: Runtime, { conversation, path }: TurnRequest, plan: Plan, summary: Memory | undefined, now: number) {
  const covered = summary?.covers ? path.findIndex(({ id }) => id === summary.covers?.upTo) : -1
  const elsewhere = runtime.store.getState().conversations.filter(({ id, example }) => id !== conversation.id && !example)
  const lastAt = path.at(-2)?.createdAt ?? elsewhere.reduce((latest, { updatedAt }) => Math.max(latest, updatedAt), 0)
  return headLines({
    plan,
    memories: memoriesFor(runtime, conversation),
    conversationId: conversation.id,
    standing: new Set(path.slice(covered + 1).map(({ id }) => id)),
    now,
    ...(lastAt > 0 && { lastAt }),
    utcOffsetMinutes: runtime.services.utcOffsetMinutes(now),
  })
}

function isHeld(manifest: Manifest | undefined, id: MemoryId): boolean {
  return manifest?.sections.some(({ items }) => items.some(({ key }) => key === id)) ?? false
}

/** Whether the engine's cache can still hold a prompt: it answered it, or a later one of the same epoch, since it was loaded. */
function holds(inCache: Manifest | undefined, manifest: Manifest | undefined): boolean {
  return inCache !== undefined && inCache.epoch.id === manifest?.epoch.id
}

async function previousPrompt(runtime: Runtime, conversation: Conversation, path: readonly Message[]) {
  const reply = path.findLast((message) => message.role === 'assistant')
  if (!reply) return undefined
  // A receipt that was read is the one on disk: it never changes once its reply is there.
  const known = runtime.store.getState().manifests[reply.id]
  const read = known === undefined || known === 'missing' ? undefined : known
  const manifest = read ?? (await repositoryOf(runtime, conversation).getManifest(reply.id))
  return manifest ? { manifest, reply } : undefined
}

/** `held`: the prompt that the next one goes on from, whose messages stand in the window already. */
async function retrieve(runtime: Runtime, turn: TurnRequest, held: Manifest | undefined): Promise<Retrieval> {
  await runtime.indexReady
  const { conversation, path, pathComplete, count, loaded } = turn
  const newest = path.at(-1)
  if (!newest) return noRetrieval
  const inWindow = held?.sections.flatMap(({ items }) => items.flatMap(({ messageId }) => (messageId ? [messageId] : []))) ?? []
  const recent = path.slice(-7).map(({ id }) => id)
  // What was said where memory is off, or in an example, stays there.
  const off = new Set(
    runtime.store
      .getState()
      .conversations.flatMap(({ id, memory, example }) => (memory && (!example || id === conversation.id) ? [] : [id])),
  )
  const candidateLimit = candidatesFor(Math.floor(loaded.windowTokens * shares.recalled))
  const plan = planOf(conversation.profile)
  const memories = memoriesFor(runtime, conversation)
  // Turns that the user gave less room than they fill are left out, and can be recalled.
  const turnsCap = wanted(runtime, turn).wishes.budgets.turns ?? Number.POSITIVE_INFINITY
  const asked = await runtime.embedding.ask(newest.text)
  const keys =
    plan.keys.length > 0
      ? factKeys({ memories: memories.values(), over: plan.keys, question: newest.text, threshold: chosenFrom })
      : undefined
  const cue = {
    text: newest.text,
    at: newest.createdAt,
    conversationId: conversation.id,
    excludeMessageIds: [...new Set([...inWindow, ...recent])],
    otherConversationsOnly: pathComplete && fits(path, count, Math.min(loaded.windowTokens / 2, turnsCap)),
    ...(conversation.example && { within: conversation.id }),
    limit: off.size > 0 ? candidateLimit * 4 : candidateLimit,
  }
  const readable = ({ candidates }: Retrieval) =>
    candidates.filter(({ conversationId }) => conversationId === undefined || !off.has(conversationId)).slice(0, candidateLimit)
  const found = await runtime.services.retrieval.retrieve({
    ...cue,
    ...(keys && { byFact: keys }),
    ...(asked?.vector && { embedding: asked.vector }),
  })
  const heldKeys = new Set(held?.sections.flatMap(({ items }) => items.map(({ key }) => key)))
  const { choose, search } = turn
  async function withSearches(direct: readonly Candidate[]): Promise<readonly Candidate[]> {
    if (!search || plan.searches === 0) return direct
    const searched = await search({
      question: cue.text,
      found: direct,
      search: async (text) => readable(await runtime.services.retrieval.retrieve({ ...cue, text })),
      maxSteps: plan.searches,
    })
    const all = [...new Map([...direct, ...searched].map((candidate) => [candidate.key, candidate])).values()]
    return all.sort((a, b) => b.score.total - a.score.total)
  }
  const picked = choose && (await pickMemories({ plan, memories, question: newest.text, held: heldKeys, choose }))
  const sought = applySeek({
    plan,
    found: { ...found, candidates: await withSearches(readable(found)) },
    memories,
    path,
    ...(picked && { picked }),
  })
  return { ...sought, ...(asked && { embedder: asked.use }) }
}

/** Whether the texts surely fit; stops counting as soon as they do not. */
function fits(path: readonly Message[], count: CountTokens, tokens: number): boolean {
  let left = tokens
  for (const message of path) {
    left -= count(message.text) + 8
    if (left < 0) return false
  }
  return true
}
