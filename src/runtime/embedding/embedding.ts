import type { Message } from '#chat/message.ts'
import type { EmbedderUse } from '#memory/cue.ts'
import type { TextVector } from '#memory/text-vector.ts'
import type { Embedder, EmbedderModel } from '#ports/embedder.ts'
import { EngineError } from '#ports/engine.ts'
import { attempt, notify, type Runtime } from '#runtime/runtime.ts'
import type { MessageId } from '#shared/ids.ts'
import { type Asker, createAsker } from './ask-embedder.ts'
import { chosenEmbedder } from './chosen-embedder.ts'
import { embedMessages } from './embed-messages.ts'
import { embedderProblem, gaveWayProblem } from './embedder-problem.ts'
import { createIdleTime } from './idle-time.ts'

/** The neural embedder of this tab: loaded when the user asks for it, in the tab that owns the model. */
export interface Embedding {
  /** Loads or closes it, as the setting and the tab's role say. */
  follow(): void
  /** Loads again what failed or was cancelled. */
  retry(): void
  cancel(): void
  /** Messages that came into the search index. */
  added(messages: readonly Message[]): void
  /** The user writes or waits for a reply: it stops at once and goes on later. */
  disturb(): void
  /**
   * The GPU has no memory left for the chat model, which goes first: an embedder that is on the GPU is closed, and it is said
   * why. Returns whether there was one.
   */
  giveWay(): boolean
  /** The vector of a question, in time or not, and what the receipt says of it; undefined where the embedder is off. */
  ask(text: string): Promise<{ readonly use: EmbedderUse; readonly vector?: TextVector } | undefined>
}

const goneError = () => new EngineError('own-file-lost', 'The file of the chosen neural model is not in this browser.')

/** Messages between two reports of how far it is. */
const batchSize = 100

export function createEmbedding(runtime: Runtime): Embedding {
  const { services, store } = runtime
  const { storage, embedding: service } = services
  // A chat model that loads has the GPU and the cores to itself, too.
  const idle = createIdleTime(() => runtime.engineRoom.busy() || store.getState().engine.type === 'loading')
  let running:
    | { readonly model: EmbedderModel; readonly embedder: Embedder; readonly stop: AbortController; asker?: Asker }
    | undefined
  let waiting: (readonly Message[])[] = []
  let wake: () => void = () => {}

  const wanted = () => store.getState().settings.meaning === 'neural' && services.tabs.role() === 'owner'

  function cancel(): void {
    running?.stop.abort()
    wake()
  }

  function close(): void {
    cancel()
    running?.embedder.close()
    running = undefined
    waiting = []
  }

  async function work(current: NonNullable<typeof running>): Promise<void> {
    const { model, embedder, stop } = current
    const parts = {
      embedderId: model.id,
      embedder,
      vectors: storage.vectors,
      retrieval: services.retrieval,
      idle: idle.wait,
    }
    const read = new Set<MessageId>()
    const take = async (messages: readonly Message[]) => {
      await embedMessages(parts, messages, stop.signal)
      for (const { role, id } of messages) if (role === 'user') read.add(id)
      if (!stop.signal.aborted) store.setState({ embedder: { type: 'ready', messages: read.size, catchingUp: true } })
    }
    await runtime.indexReady
    await storage.vectors.removeOthers(model.id)
    for await (const batch of storage.chat.scanMessages(batchSize)) {
      await take(batch)
      if (stop.signal.aborted) return
    }
    while (!stop.signal.aborted) {
      const next = waiting.shift()
      if (next) {
        await take(next)
        continue
      }
      store.setState({ embedder: { type: 'ready', messages: read.size, catchingUp: false } })
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }

  async function start(model: EmbedderModel): Promise<void> {
    const current: NonNullable<typeof running> = { model, embedder: service.create(model), stop: new AbortController() }
    running = current
    const { embedder, stop } = current
    try {
      store.setState({ embedder: { type: 'loading' } })
      await embedder.load(
        model,
        (progress) => running === current && store.setState({ embedder: { type: 'loading', progress } }),
        stop.signal,
      )
      // Those of an embedder from before do not compare with what is to come, nor with what is asked from now on.
      await services.retrieval.clearEmbeddings()
      current.asker = createAsker(embedder, model.questionPrefix)
      store.setState({ embedder: { type: 'ready', messages: 0, catchingUp: true } })
      await work(current)
    } catch (error) {
      if (running !== current) return
      const cancelled = error instanceof EngineError && error.type === 'aborted'
      close()
      store.setState({ embedder: cancelled ? { type: 'cancelled' } : { type: 'error', problem: embedderProblem(error, model) } })
    }
  }

  function follow(): void {
    const chosen = chosenEmbedder(store.getState())
    if (running && running.model.id !== chosen?.id) {
      close()
      store.setState({ embedder: { type: 'off' } })
    }
    if (wanted() && !running && store.getState().embedder.type === 'off') {
      if (chosen) void start(chosen)
      else store.setState({ embedder: { type: 'error', problem: embedderProblem(goneError()) } })
    }
    if (wanted()) return
    close()
    if (store.getState().embedder.type === 'off') return
    store.setState({ embedder: { type: 'off' } })
    if (store.getState().settings.meaning === 'small') offerToDelete(chosen)
  }

  /** What took long to make is not thrown away because of one click. */
  function offerToDelete(chosen: EmbedderModel | undefined): void {
    // A file of the user's own is deleted where it is listed.
    const offered = service.models.find(({ id }) => id === chosen?.id)
    const work = async () => {
      if (offered) await service.removeFiles(offered)
      await storage.vectors.removeOthers(undefined)
    }
    notify(runtime, {
      tone: 'info',
      text: `The neural model is closed. ${offered ? 'Its files and what it made of your messages are' : 'What it made of your messages is'} kept for the next time.`,
      action: { label: offered ? 'Delete them' : 'Delete it', run: () => void attempt(runtime, work) },
    })
  }

  return {
    follow,
    retry() {
      close()
      store.setState({ embedder: { type: 'off' } })
      follow()
    },
    cancel,
    added(messages) {
      if (!running) return
      waiting.push(messages)
      const { embedder } = store.getState()
      if (embedder.type === 'ready') store.setState({ embedder: { ...embedder, catchingUp: true } })
      wake()
    },
    disturb: idle.disturb,
    giveWay() {
      if (!running?.model.gpu) return false
      close()
      store.setState({ embedder: { type: 'error', problem: gaveWayProblem() } })
      return true
    },
    async ask(text) {
      if (!wanted() || text.trim() === '') return undefined
      const { asker, model } = running ?? {}
      if (!asker || !model) {
        const { type } = store.getState().embedder
        return { use: { id: chosenEmbedder(store.getState())?.id ?? 'none', state: type === 'loading' ? 'loading' : 'failed' } }
      }
      idle.disturb()
      const asked = await asker.ask(text)
      return { use: { id: model.id, state: asked.state }, ...(asked.state === 'used' && { vector: asked.vector }) }
    },
  }
}
