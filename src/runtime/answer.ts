import type { Conversation } from '#chat/conversation.ts'
import type { Message, MessageStatus } from '#chat/message.ts'
import type { ActualUsage, Manifest } from '#context/manifest.ts'
import type { Ask } from '#memory/ask.ts'
import { type Engine, EngineError } from '#ports/engine.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import { createDraftWriter } from './draft-writer.ts'
import { type EngineSupervisor, endsEngine } from './engine-supervisor.ts'
import { keepCached } from './in-cache.ts'
import { problemOf } from './problems.ts'
import { readPath } from './read-path.ts'
import { type Received, receiveReply, thoughtMarks } from './receive-reply.ts'
import { replyError } from './reply-error.ts'
import { type Runtime, repositoryOf } from './runtime.ts'
import { stopTexts } from './sampling.ts'
import type { LiveReply as Live, LonghandState } from './state.ts'

/** Answers user messages in the tab that owns the model. */
export interface Answerer {
  /**
   * Makes a reply to a stored user message, or goes on with a cut one. Resolves when the reply is on disk. Never rejects.
   * The reply becomes the head where that is still the one of the conversation given.
   */
  answer(conversation: Conversation, userMessageId: MessageId, continues?: MessageId): Promise<void>
  stop(conversationId: ConversationId): void
  /** Saves all drafts now: the page may be gone in a moment. */
  flushDrafts(): void
}

/** The screen gets at most this many updates a second. */
const minUpdateMs = 50

export function createAnswerer(
  runtime: Runtime,
  supervisor: EngineSupervisor,
  onReply: (reply: Message, manifest: Manifest) => void,
): Answerer {
  const { services, store } = runtime
  const running = new Map<ConversationId, { readonly controller: AbortController; flush: () => void }>()

  function showLive(live: Live): void {
    store.setState((state: LonghandState) => ({ live: { ...state.live, [live.conversationId]: live } }))
    services.tabs.publish({ type: 'live', live })
  }
  function hideLive(conversationId: ConversationId): void {
    store.setState((state: LonghandState) => {
      const { [conversationId]: _ended, ...others } = state.live
      return { live: others }
    })
    services.tabs.publish({ type: 'live-ended', conversationId })
  }

  async function generate(conversation: Conversation, userMessageId: MessageId, continues: MessageId | undefined): Promise<void> {
    const repository = repositoryOf(runtime, conversation)
    const controller = new AbortController()
    const entry = { controller, flush: () => {} }
    running.set(conversation.id, entry)
    const startedAt = services.clock.now()
    const continued = continues ? await repository.getMessage(continues) : undefined
    const replyId = services.newId('msg')
    let live: Live = {
      replyId,
      conversationId: conversation.id,
      parentId: userMessageId,
      phase: 'queued',
      text: continued?.text ?? '',
      ...(continued?.thought ? { thought: continued.thought } : {}),
      modelId: '',
      startedAt,
      outputTokens: 0,
    }
    showLive(live)
    let manifest: Manifest | undefined
    /** The question can be found from now on; a second time does nothing. */
    const takeIn = async () => {
      const asked = conversation.temporary ? undefined : await repository.getMessage(userMessageId)
      if (asked) await services.retrieval.add([asked])
    }
    let { text, thought } = live
    let failed: unknown
    let used: Engine | undefined
    let actual: ActualUsage | undefined
    const draft = () => ({
      id: replyId,
      conversationId: conversation.id,
      parentId: userMessageId,
      text,
      ...(thought ? { thought } : {}),
      createdAt: startedAt,
      modelId: live.modelId,
      ...(continues ? { continues } : {}),
    })

    try {
      await runtime.engineRoom.run(
        'turn',
        async (signal) => {
          const { engine, model, loaded, counter } = supervisor.ready()
          used = engine
          live = { ...live, phase: 'assembling', modelId: model.id }
          showLive(live)
          const read = await readPath(runtime, conversation, userMessageId, loaded.windowTokens)
          const [{ layTurn }, { chooseOnce }, { searchOnce }, { askEngine }] = await Promise.all([
            import('./lay-turn.ts'),
            import('./pick-memories.ts'),
            import('./search-by-model.ts'),
            import('./side-call.ts'),
          ])
          const ask: Ask = (prompt, maxOutputTokens) => askEngine(runtime, supervisor, { prompt, maxOutputTokens }, signal)
          manifest = await layTurn(runtime, {
            conversation,
            ...read,
            replyId,
            ...(continued ? { continued } : {}),
            model,
            loaded,
            count: counter.count,
            ...(model.writesMemory && { choose: chooseOnce(runtime, ask), search: searchOnce(runtime, ask) }),
          })
          await takeIn()
          await repository.saveManifest(manifest)
          runtime.anew.delete(conversation.id)
          const queueMs = services.clock.now() - startedAt
          live = { ...live, phase: 'reading', totalTokens: manifest.predicted.inputTokens }
          showLive(live)
          supervisor.setGenerating(true)
          runtime.inCache.delete(conversation.id)
          runtime.inCache.set(conversation.id, manifest)
          const writer = createDraftWriter(draft(), (saved) => repository.saveDraft(saved))
          entry.flush = () => void writer.flush()
          let ttftMs: number | undefined
          let firstAt = 0
          let shownAt = 0
          try {
            const { prompt, sampling } = manifest
            const receiving = receiveReply(thoughtMarks(model), prompt, continued)
            const take = (received: Received) => {
              text = received.text
              thought = received.thought
              live = { ...live, text, ...(thought ? { thought } : {}) }
            }
            const request = { conversation: conversation.id, prompt, sampling, stop: stopTexts(model, sampling) }
            for await (const event of engine.generate(request, signal)) {
              const now = services.clock.now()
              if (event.type === 'prefill-progress') {
                live = { ...live, readTokens: event.doneTokens, totalTokens: event.totalTokens }
              } else if (event.type === 'text-delta') {
                const received = receiving.push(event.text, event.outputTokens, now)
                take(received)
                if (ttftMs === undefined) {
                  ttftMs = now - startedAt
                  firstAt = now
                }
                const seconds = (now - firstAt) / 1000
                const { readTokens: _read, totalTokens: _total, ...rest } = live
                live = { ...rest, phase: received.thinking ? 'thinking' : 'writing', outputTokens: event.outputTokens }
                if (seconds > 0.5) live = { ...live, tokensPerSecond: (event.outputTokens - 1) / seconds }
                writer.update(text, event.outputTokens, thought)
              } else {
                take(receiving.end(now))
                const { type: _type, ...usage } = event
                actual = { ...usage, queueMs, ...(ttftMs === undefined ? {} : { ttftMs }) }
              }
              if (now - shownAt >= minUpdateMs || event.type === 'generation-end') {
                shownAt = now
                showLive(live)
              }
            }
          } finally {
            await keepCached(runtime, engine)
            supervisor.setGenerating(false)
            await writer.close()
          }
        },
        controller.signal,
      )
    } catch (error) {
      const cancelled = controller.signal.aborted && !(error instanceof EngineError && error.type !== 'aborted')
      if (!cancelled) failed = error
    }

    if (!manifest) await takeIn().catch(() => {})
    live = { ...live, phase: 'saving', text }
    showLive(live)
    const status = statusOf(failed, actual, controller.signal.aborted)
    const problem = failed === undefined ? undefined : problemOf(failed)
    try {
      if (manifest) {
        const finishReason = failed === undefined ? 'cancelled' : 'error'
        const unread = {
          inputTokens: 0,
          cachedInputTokens: 0,
          outputTokens: 0,
          queueMs: 0,
          prefillMs: 0,
          decodeMs: 0,
          finishReason,
        } as const
        const reply: Message = {
          id: replyId,
          conversationId: conversation.id,
          parentId: userMessageId,
          role: 'assistant',
          text,
          ...(thought ? { thought } : {}),
          createdAt: startedAt,
          status,
          modelId: live.modelId,
          ...(problem ? { error: replyError(problem, endsEngine(failed), text !== '' || thought !== undefined) } : {}),
          ...(continues ? { continues } : {}),
        }
        const stored = { ...manifest, actual: actual ?? unread }
        if (runtime.inCache.get(conversation.id) === manifest) runtime.inCache.set(conversation.id, stored)
        await repository.finishReply(reply, stored, conversation.headId)
        store.setState((state: LonghandState) => ({ manifests: { ...state.manifests, [replyId]: stored } }))
        onReply(reply, stored)
      }
      // A stored reply tells of it itself, with the way to go on.
      if (problem && !manifest) store.setState({ turnProblem: { conversationId: conversation.id, problem } })
    } catch (error) {
      store.setState({ turnProblem: { conversationId: conversation.id, problem: problemOf(error) } })
    } finally {
      running.delete(conversation.id)
      hideLive(conversation.id)
    }
    if (used && failed instanceof EngineError) supervisor.reportFailure(used, failed)
  }

  return {
    answer: (conversation, userMessageId, continues) =>
      running.has(conversation.id) ? Promise.resolve() : generate(conversation, userMessageId, continues),
    stop: (conversationId) => running.get(conversationId)?.controller.abort(),
    flushDrafts: () => {
      for (const { flush } of running.values()) flush()
    },
  }
}

/** The state of the engine tells what becomes of it: what is left to say is what became of the words, a thought's included. */
function statusOf(failed: unknown, actual: ActualUsage | undefined, aborted: boolean): MessageStatus {
  if (failed !== undefined) return 'error'
  if (aborted || actual?.finishReason === 'cancelled' || !actual) return 'stopped'
  return 'complete'
}
