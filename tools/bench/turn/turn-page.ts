import { createStore } from 'zustand/vanilla'
import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import { trustWorkerUrls } from '#engine/trusted-worker-urls.ts'
import { buildIndex } from '#runtime/build-index.ts'
import { createEmbedding, type Embedding } from '#runtime/embedding/embedding.ts'
import { createEngineRoom } from '#runtime/engine-room.ts'
import { initialState } from '#runtime/initial-state.ts'
import { createLonghand } from '#runtime/longhand.ts'
import { prepareTurn } from '#runtime/prepare-turn.ts'
import { readPath } from '#runtime/read-path.ts'
import type { Runtime } from '#runtime/runtime.ts'
import type { Services } from '#runtime/services.ts'
import { benchModel } from './bench-model.ts'
import { longConversation, question } from './bench-texts.ts'
import { timedServices } from './timed-services.ts'

/** Milliseconds from a stored message to its prompt, and the parts of that which were measured. */
export type Timing = { readonly total: number; readonly reading: number; readonly retrieval: number; readonly counting: number }

trustWorkerUrls()
const { services, clocks, freshCounter } = await timedServices()

async function conversations(): Promise<readonly Conversation[]> {
  return new Promise((resolve) => {
    const stop = services.storage.chat.observeConversations((all) => {
      queueMicrotask(() => stop())
      resolve(all)
    })
  })
}

function bareRuntime(): Runtime {
  const runtime: Runtime = {
    services,
    store: createStore(() => initialState),
    engineRoom: createEngineRoom(() => {}),
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
  return runtime
}

function startClocks(): () => Timing {
  Object.assign(clocks, { reading: 0, retrieval: 0, counting: 0 })
  const from = performance.now()
  return () => ({ total: performance.now() - from, ...clocks })
}

/** Milliseconds of filling the search index from disk. */
async function index(): Promise<number> {
  const from = performance.now()
  await buildIndex(bareRuntime())
  return performance.now() - from
}

/** New heads, each in another conversation, by a counter that has seen none of its messages: the most a turn can cost. */
async function newHeads(turns: number): Promise<readonly Timing[]> {
  const all = await conversations()
  const runtime = bareRuntime()
  const loaded = {
    engine: 'scripted',
    modelId: benchModel.id,
    windowTokens: benchModel.defaultWindow,
    runsOn: 'nothing',
    scoresTokens: false,
    reuse: 'several',
  } as const
  const timings: Timing[] = []
  for (let turn = 0; turn < turns; turn++) {
    const conversation = all[turn % all.length]
    if (!conversation?.headId) continue
    const { count } = freshCounter()
    const read = startClocks()
    const { path, pathComplete } = await readPath(runtime, conversation, conversation.headId, loaded.windowTokens)
    const message: Message = {
      id: services.newId('msg'),
      conversationId: conversation.id,
      parentId: conversation.headId,
      role: 'user',
      text: question(turn),
      createdAt: services.clock.now(),
      status: 'complete',
    }
    await prepareTurn(runtime, {
      conversation,
      path: [...path, message],
      pathComplete,
      replyId: services.newId('msg'),
      model: benchModel,
      loaded,
      count,
    })
    timings.push(read())
  }
  return timings
}

/**
 * Turns of the long conversation one after another, sent and answered by the whole runtime with its epochs, jobs and
 * preview: from the moment a message is stored to the moment its prompt is.
 */
async function sent(turns: number): Promise<readonly Timing[]> {
  const timings: Timing[] = []
  let read: (() => Timing) | undefined
  const { chat } = services.storage
  const watched: Services = {
    ...services,
    storage: {
      ...services.storage,
      chat: {
        ...chat,
        saveManifest(manifest) {
          if (read) timings.push(read())
          return chat.saveManifest(manifest)
        },
      },
    },
  }
  const { store, actions, start } = createLonghand(watched)
  await start()
  await actions.loadModel(benchModel.id)
  await actions.openConversation(longConversation)
  store.subscribe(({ live }, before) => {
    if (live[longConversation] && !before.live[longConversation]) read = startClocks()
  })
  for (let turn = 0; turn < turns; turn++) {
    // As after reading a reply: the preview and what follows a reply have had their time.
    await new Promise((resolve) => setTimeout(resolve, 400))
    await actions.send(question(turn))
    await new Promise<void>((resolve) => {
      const unsubscribe = store.subscribe(({ live }) => {
        if (live[longConversation]) return
        unsubscribe()
        resolve()
      })
    })
  }
  return timings
}

/** Keys typed ten a second in the long conversation; how long each preview took, from its message to its plan. */
async function typed(keys: number): Promise<readonly number[]> {
  let startedAt: number | undefined
  const previews: number[] = []
  const watched: Services = {
    ...services,
    clock: {
      // A plan begins with the time of its message.
      now() {
        startedAt ??= performance.now()
        return services.clock.now()
      },
    },
  }
  const { store, actions, start } = createLonghand(watched)
  await start()
  await actions.loadModel(benchModel.id)
  await actions.openConversation(longConversation)
  actions.setDraft('?')
  while (store.getState().preview?.estimated !== false) await new Promise((resolve) => setTimeout(resolve, 50))
  startedAt = undefined
  store.subscribe(({ preview }, before) => {
    if (!preview || preview.manifest === before.preview?.manifest || startedAt === undefined) return
    previews.push(performance.now() - startedAt)
    startedAt = undefined
  })
  const text = Array.from({ length: 20 }, (_, n) => question(n)).join(' ')
  for (let key = 1; key <= keys; key++) {
    actions.setDraft(text.slice(0, key))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return previews
}

const turnPage = { index, newHeads, sent, typed }
export type TurnPage = typeof turnPage
Object.assign(globalThis, { turnPage })
