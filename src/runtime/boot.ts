import type { ConversationId } from '#shared/ids.ts'
import type { Actions } from './actions.ts'
import type { Answerer } from './answer.ts'
import { buildIndex } from './build-index.ts'
import { undoMs } from './conversation-actions.ts'
import type { ConversationView } from './conversation-view.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import { findModel } from './find-model.ts'
import { followDeletions } from './follow-deletions.ts'
import { withTriedMemory } from './gpu-memory.ts'
import type { JobRunner } from './job-runner.ts'
import { loadRecentReceipts } from './load-recent-receipts.ts'
import { loadWordVectors } from './load-word-vectors.ts'
import { refreshMemories } from './memory-actions.ts'
import type { Preview } from './preview.ts'
import { problemOf } from './problems.ts'
import { recoverDrafts } from './recover-drafts.ts'
import { recoveryNotice } from './recovery-notice.ts'
import { followRemoteSettings } from './remote/remote-actions.ts'
import { remoteSettingsName } from './remote/remote-settings.ts'
import { notify, type Runtime } from './runtime.ts'
import { readSettings } from './settings-actions.ts'
import type { LonghandState } from './state.ts'
import { keepIndex } from './store-index.ts'

export type Parts = {
  readonly runtime: Runtime
  readonly actions: Actions
  readonly answerer: Answerer
  readonly supervisor: EngineSupervisor
  readonly view: ConversationView
  readonly preview: Preview
  readonly jobs: JobRunner
}

/** From nothing to a page that shows conversations; the index, the device and the last model follow on their own. */
export async function startLonghand(parts: Parts): Promise<void> {
  const { runtime, actions, jobs, preview, view } = parts
  const { services, store } = runtime
  const { storage } = services
  try {
    store.setState({ settings: readSettings(await storage.settings.get('settings')) })
    storage.settings.observe('settings', (value) => {
      store.setState({ settings: readSettings(value) })
      if (store.getState().boot.type === 'ready') runtime.embedding.follow()
    })
    followRemoteSettings(runtime, await storage.settings.get(remoteSettingsName))
    storage.settings.observe(remoteSettingsName, (value) => {
      followRemoteSettings(runtime, value)
      if (store.getState().boot.type !== 'ready') return
      void actions.refreshModels()
      const { engine, remote } = store.getState()
      // Another tab may have taken the permission back: nothing more goes out.
      if (engine.type !== 'none' && engine.model.source === 'remote' && !remote.settings.on && services.tabs.role() === 'owner')
        void actions.unloadModel()
    })
    storage.observeFence(() => store.setState({ outdated: true }))
    storage.chat.observeDamage((damaged) => store.setState((state) => ({ storage: { ...state.storage, damaged } })))
    storage.secondCopy.observe((copy) => store.setState((state) => ({ storage: { ...state.storage, copy } })))
    const { recovery } = storage.secondCopy
    if (recovery && (recovery.messages > 0 || recovery.conversations > 0 || !recovery.whole))
      notify(runtime, recoveryNotice(recovery))
    const recovered = await recoverDrafts(storage)
    if (recovered > 0)
      notify(runtime, {
        tone: 'info',
        text: `${recovered === 1 ? 'A reply was' : `${recovered} replies were`} cut off and recovered.`,
      })
    await refreshMemories(runtime)
    storage.memory.observe(
      () =>
        void refreshMemories(runtime)
          .then(() => view.refresh())
          .then(() => preview.refresh()),
    )
    storage.chat.observeConversations((conversations) => {
      store.setState({ conversations })
      const open = store.getState().open
      const now = open && conversations.find(({ id }) => id === open.conversation.id)
      if (open && now) store.setState({ open: { ...open, conversation: now } })
    })
    connectTabs(parts)
    services.onLeaving(() => parts.answerer.flushDrafts())
    services.onReturning(() => void parts.supervisor.check())
    runtime.indexReady = buildIndex(runtime)
    runtime.indexReady.catch((error: unknown) => {
      const { title, advice } = problemOf(error)
      notify(runtime, { tone: 'bad', text: `The search index could not be built. ${title} ${advice}` })
    })
    followDeletions(runtime)
    if (!store.getState().open) actions.newConversation()
    store.setState({ boot: { type: 'ready' } })
  } catch (error) {
    store.setState({ boot: { type: 'failed', problem: problemOf(error) } })
    return
  }
  store.setState({ device: await withTriedMemory(runtime, await services.detectDevice()) })
  await actions.refreshModels()
  await actions.refreshStorage()
  void loadWordVectors(runtime).then(() => keepIndex(runtime))
  await loadRecentReceipts(runtime)
  await loadLastModel(parts)
  await actions.refreshEmbedders()
  runtime.embedding.follow()
  jobs.kick()
  setInterval(() => jobs.kick(), undoMs)
}

/** A model is loaded unasked only where the user had asked for it before and its files are on this device. */
async function loadLastModel({ runtime, actions }: Parts): Promise<void> {
  const { services, store } = runtime
  if (services.tabs.role() !== 'owner' || store.getState().engine.type !== 'none') return
  const last = await services.storage.settings.get('last-model')
  if (typeof last !== 'string' || last === '') return
  const known = () => store.getState().models.find(({ model }) => model.id === last)
  if (!known()) await actions.openCatalogue()
  const row = known()
  if (row?.engine && row.onDisk === 'yes') await actions.loadModel(row.model.id)
}

function connectTabs(parts: Parts): void {
  const { runtime, answerer, supervisor, view, preview, jobs } = parts
  const { services, store } = runtime
  const { tabs } = services

  /** Until what follows from having become the owner is done: what is asked then may need the model. */
  let taken: Promise<void> = Promise.resolve()
  tabs.onRole((role) => {
    if (role === 'follower') supervisor.release()
    store.setState({ tab: role, engine: { type: 'none' }, live: {} })
    if (role === 'owner' && store.getState().boot.type === 'ready') {
      taken = recoverDrafts(services.storage)
        .then(() => loadLastModel(parts))
        .catch((error: unknown) => void notify(runtime, { tone: 'bad', text: problemOf(error).title }))
      jobs.kick()
    }
    if (role === 'follower') tabs.command({ type: 'hello' })
    if (store.getState().boot.type === 'ready') runtime.embedding.follow()
  })
  store.setState({ tab: tabs.role() })

  tabs.onCommand((command) => {
    switch (command.type) {
      case 'answer':
        void taken
          .then(() => services.storage.chat.getConversation(command.conversationId))
          .then((conversation) => {
            jobs.yield()
            if (conversation) void answerer.answer(conversation, command.userMessageId, command.continues)
          })
        break
      case 'stop':
        answerer.stop(command.conversationId)
        break
      case 'load': {
        void findModel(services, ({ id }) => id === command.modelId).then((model) => model && supervisor.load(model))
        break
      }
      case 'cancel-load':
        supervisor.cancelLoad()
        break
      case 'try-now':
        supervisor.tryNow()
        break
      case 'restart':
        supervisor.restart()
        break
      case 'unload':
        void supervisor.unload()
        break
      case 'hello': {
        const { engine, live } = store.getState()
        tabs.publish({ type: 'engine', engine })
        for (const reply of Object.values(live)) tabs.publish({ type: 'live', live: reply })
        break
      }
    }
  })
  tabs.onEvent((event) => {
    if (event.type === 'engine') store.setState({ engine: event.engine })
    else if (event.type === 'live') store.setState(({ live }) => ({ live: { ...live, [event.live.conversationId]: event.live } }))
    else {
      store.setState((state: LonghandState) => {
        const { [event.conversationId]: _ended, ...live } = state.live
        return { live }
      })
      void indexNewest(runtime, event.conversationId)
        .then(() => view.refresh())
        .then(() => preview.refresh())
    }
  })
  if (tabs.role() === 'follower') tabs.command({ type: 'hello' })
}

/** What another tab wrote enters this tab's index as well. */
async function indexNewest(runtime: Runtime, conversationId: ConversationId): Promise<void> {
  const { chat } = runtime.services.storage
  const conversation = await chat.getConversation(conversationId)
  if (!conversation?.headId) return
  const { messages } = await chat.pathTail(conversationId, conversation.headId, 4)
  await runtime.services.retrieval.add(messages)
}
