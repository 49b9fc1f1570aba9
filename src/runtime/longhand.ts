import { createStore, type StoreApi } from 'zustand/vanilla'
import { isUnderPressure } from '#context/decide-epoch.ts'
import type { Actions } from './actions.ts'
import { createAnswerer } from './answer.ts'
import { backupActions } from './backup-actions.ts'
import { startLonghand } from './boot.ts'
import { conversationActions } from './conversation-actions.ts'
import { createConversationView } from './conversation-view.ts'
import { createEmbedding, type Embedding } from './embedding/embedding.ts'
import { ownEmbedderActions } from './embedding/own-embedder-actions.ts'
import { createEngineRoom } from './engine-room.ts'
import { createEngineSupervisor } from './engine-supervisor.ts'
import { exampleActions } from './example/example-actions.ts'
import { importActions } from './import-actions.ts'
import { initialState } from './initial-state.ts'
import { createJobRunner } from './job-runner.ts'
import { memoryActions } from './memory-actions.ts'
import { memoryInsight } from './memory-insight.ts'
import { messageActions } from './message-actions.ts'
import { modelActions } from './model-actions.ts'
import { ownFileActions } from './own-file-actions.ts'
import { planActions } from './plan-actions.ts'
import { createPreview } from './preview.ts'
import { purgeHandler } from './purge-handler.ts'
import { rebuildIndex } from './rebuild-index.ts'
import { receiptActions } from './receipt-actions.ts'
import { remoteActions } from './remote/remote-actions.ts'
import { remoteModels } from './remote/remote-model.ts'
import { rerunActions } from './rerun-actions.ts'
import { tellOfAdded } from './retrieval/tell-of-added.ts'
import type { Runtime } from './runtime.ts'
import { scoreActions } from './score-actions.ts'
import type { Services } from './services.ts'
import { settingsActions } from './settings-actions.ts'
import type { LonghandState } from './state.ts'
import { wholeTranscript } from './whole-transcript.ts'

/** Longhand without a face: state, and what can be asked of it. */
export type Longhand = {
  readonly store: StoreApi<LonghandState>
  readonly actions: Actions
  /** Recovers, reads and connects; resolves when conversations can be shown. Failure ends in `state.boot`. */
  readonly start: () => Promise<void>
}

export function createLonghand(services: Services): Longhand {
  const store = createStore<LonghandState>(() => ({ ...initialState, embedderModels: services.embedding.models }))
  const engineRoom = createEngineRoom(() => jobs.kick())
  const runtime: Runtime = {
    services: {
      ...services,
      retrieval: tellOfAdded(services.retrieval, (messages) => runtime.embedding.added(messages)),
      get models() {
        const { remote, settings } = store.getState()
        const own = settings.browserModel && services.browserModel ? [services.browserModel.model] : []
        return [...services.models, ...remoteModels(remote.settings), ...own]
      },
    },
    store,
    engineRoom,
    ops: [],
    memories: new Map(),
    inCache: new Map(),
    anew: new Set(),
    counter: undefined,
    indexReady: Promise.resolve(),
    get embedding(): Embedding {
      return embedding
    },
  }
  const embedding = createEmbedding(runtime)
  const supervisor = createEngineSupervisor(runtime)
  const view = createConversationView(runtime)
  const preview = createPreview(runtime, supervisor)
  const jobs = createJobRunner(runtime, {
    // What only work after a reply needs is no part of the shell.
    consolidate: async (job, signal) => {
      const { consolidateHandler } = await import('./consolidate-handler.ts')
      return consolidateHandler(runtime, supervisor, () => preview.refresh())(job, signal)
    },
    remember: async (job, signal) => (await import('./remember-handler.ts')).rememberHandler(runtime)(job, signal),
    title: async (job, signal) => (await import('./title-handler.ts')).titleHandler(runtime, supervisor)(job, signal),
    purge: purgeHandler(runtime),
  })
  const answerer = createAnswerer(runtime, supervisor, (reply, manifest) => {
    if (store.getState().open?.conversation.id === reply.conversationId) void view.refresh().then(() => preview.refresh())
    const conversation = store.getState().conversations.find(({ id }) => id === reply.conversationId)
    if (!conversation) return
    void runtime.services.retrieval.add([reply])
    void jobs.enqueue('remember', conversation.id, `remember:${reply.id}`, { headId: reply.id })
    if (isUnderPressure(manifest)) {
      void jobs.enqueue('consolidate', conversation.id, `consolidate:${reply.id}`, { headId: reply.id })
      if (conversation.titledBy === 'rule')
        void jobs.enqueue('title', conversation.id, `title:${conversation.id}`, { headId: reply.id })
    }
  })

  const models = modelActions(runtime, supervisor)
  /** The browser's own model ends with the permission for it. */
  const unloadUnwanted = async () => {
    const { engine, settings, tab } = store.getState()
    const unwanted = engine.type !== 'none' && engine.model.source === 'browser' && !settings.browserModel
    if (unwanted && tab === 'owner') await models.unloadModel()
  }
  const conversations = conversationActions(runtime, view, jobs, preview)
  const messages = messageActions(runtime, view, answerer, jobs, preview)
  const actions: Actions = {
    ...conversations,
    ...messages,
    ...planActions(runtime, preview, { ...conversations, ...messages }),
    ...models,
    ...ownFileActions(runtime, () => models.refreshModels()),
    ...ownEmbedderActions(runtime, embedding),
    ...remoteActions(runtime, supervisor, () => models.refreshModels()),
    ...settingsActions(runtime, () => {
      preview.refresh()
      embedding.follow()
      void unloadUnwanted()
      void models.refreshModels()
    }),
    cancelEmbedder: embedding.cancel,
    retryEmbedder: embedding.retry,
    ...memoryActions(runtime, jobs),
    ...importActions(runtime),
    ...exampleActions(runtime, jobs),
    ...memoryInsight(runtime),
    ...rerunActions(runtime, supervisor, preview),
    ...scoreActions(runtime, supervisor, preview),
    ...wholeTranscript(runtime),
    ...receiptActions(runtime),
    ...backupActions(runtime, async () => {
      view.close()
      actions.newConversation()
      runtime.indexReady = rebuildIndex(runtime)
      await runtime.indexReady
    }),
  }
  return { store, actions, start: () => startLonghand({ runtime, actions, answerer, supervisor, view, preview, jobs }) }
}
