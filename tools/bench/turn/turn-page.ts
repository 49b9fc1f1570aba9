import { v7 } from 'uuid'
import { createStore } from 'zustand/vanilla'
import type { Conversation } from '#chat/conversation.ts'
import type { Message } from '#chat/message.ts'
import { loadTokenCounter } from '#engine/tokenizer/load-token-counter.ts'
import { buildIndex } from '#runtime/build-index.ts'
import { createEngineRoom } from '#runtime/engine-room.ts'
import { initialState } from '#runtime/initial-state.ts'
import { prepareTurn } from '#runtime/prepare-turn.ts'
import { readPath } from '#runtime/read-path.ts'
import { createRetrievalWorker } from '#runtime/retrieval/create-retrieval-worker.ts'
import type { Runtime } from '#runtime/runtime.ts'
import type { Services } from '#runtime/services.ts'
import { singleTab } from '#runtime/tab-link.ts'
import { openStorage } from '#storage/open-storage.ts'
import { benchModel } from './bench-model.ts'

declare global {
  // What the script that drives this page calls.
  var fill: (messages: number, perConversation: number) => Promise<number>
  var measure: (turns: number) => Promise<readonly Timing[]>
  var openLast: () => Promise<number>
}

/** Milliseconds of one turn: `total` from the stored message to the prompt, `retrieval` and `counting` within it. */
export type Timing = { readonly total: number; readonly retrieval: number; readonly counting: number; readonly reading: number }

const subjects = 'harbour garden orchestra ledger bicycle lantern museum recipe glacier festival compiler violin'.split(' ')
const verbs = 'opened painted counted repaired described measured planted forgot translated carried'.split(' ')
const word = (list: readonly string[], seed: number) => list[seed % list.length] ?? ''
const sentence = (n: number) =>
  `On day ${n % 997} the ${word(subjects, n)} ${word(verbs, n >> 3)} ${n % 89} of the ${word(subjects, n >> 5)}s near the ${word(subjects, n >> 7)} of house ${n}.`
const textOf = (n: number) => `${sentence(n)} ${sentence(n * 7 + 3)} ${sentence(n * 13 + 5)} ${sentence(n * 29 + 11)}`

const openedAt = performance.now()
const storage = await openStorage({ name: 'longhand-bench', now: () => Date.now() })
const openMs = performance.now() - openedAt
const retrieval = createRetrievalWorker()
const conversations: Conversation[] = []

globalThis.fill = async (messages, perConversation) => {
  for (let made = 0; made < messages; ) {
    const createdAt = Date.now() - messages + made
    let conversation: Conversation = {
      id: `conv:${v7()}`,
      title: sentence(made),
      titledBy: 'rule',
      createdAt,
      updatedAt: createdAt,
      pinned: false,
      memory: true,
      messageCount: 0,
    }
    conversations.push(conversation)
    let parentId: Message['id'] | undefined
    for (let n = 0; n < perConversation && made < messages; n++, made++) {
      const message: Message = {
        id: `msg:${v7()}`,
        conversationId: conversation.id,
        role: n % 2 === 0 ? 'user' : 'assistant',
        text: textOf(made),
        createdAt: createdAt + n,
        status: 'complete',
        ...(parentId ? { parentId } : {}),
      }
      await storage.chat.addMessage(message, n === 0 ? conversation : undefined)
      parentId = message.id
    }
    conversation = (await storage.chat.getConversation(conversation.id)) ?? conversation
  }
  return openMs
}

globalThis.openLast = async () => {
  const from = performance.now()
  const list = await new Promise<readonly Conversation[]>((resolve) => {
    const stop = storage.chat.observeConversations((all) => {
      queueMicrotask(() => stop())
      resolve(all)
    })
  })
  const newest = list[0]
  if (newest?.headId) await storage.chat.pathTail(newest.id, newest.headId, 50)
  return openMs + performance.now() - from
}

globalThis.measure = async (turns) => {
  const tokenizer = await (await fetch('/tokenizer.json')).json()
  const counter = loadTokenCounter('bench', tokenizer)
  let retrievalMs = 0
  let countingMs = 0
  const timed: Services['retrieval'] = {
    ...retrieval,
    add: (messages) => retrieval.add(messages),
    async retrieve(cue) {
      const from = performance.now()
      const found = await retrieval.retrieve(cue)
      retrievalMs += performance.now() - from
      return found
    },
  }
  const count = (text: string) => {
    const from = performance.now()
    const tokens = counter.count(text)
    countingMs += performance.now() - from
    return tokens
  }
  const services = {
    storage,
    temporary: storage,
    retrieval: timed,
    tabs: singleTab(),
    clock: { now: () => Date.now() },
    newId: (prefix: string) => `${prefix}:${v7()}`,
    newSeed: () => 1,
    utcOffsetMinutes: () => 0,
  } as unknown as Services
  const runtime: Runtime = {
    services,
    store: createStore(() => initialState),
    engineRoom: createEngineRoom(() => {}),
    ops: [],
    memories: new Map(),
    inCache: undefined,
    counter,
    indexReady: Promise.resolve(),
  }
  const indexedAt = performance.now()
  await buildIndex(runtime)
  console.log(`index built in ${((performance.now() - indexedAt) / 1000).toFixed(1)} s`)
  const loaded = { engine: 'scripted', modelId: benchModel.id, windowTokens: 4096, runsOn: 'nothing' } as const
  const timings: Timing[] = []
  for (let turn = 0; turn < turns; turn++) {
    const conversation = conversations[(turn * 37) % conversations.length]
    const stored = conversation && (await storage.chat.getConversation(conversation.id))
    if (!stored?.headId) continue
    retrievalMs = 0
    countingMs = 0
    const from = performance.now()
    const { path, pathComplete } = await readPath(runtime, stored, stored.headId, loaded.windowTokens)
    const reading = performance.now() - from
    const message: Message = {
      id: `msg:${v7()}`,
      conversationId: stored.id,
      parentId: stored.headId,
      role: 'user',
      text: `What happened with the ${word(subjects, turn)} near the ${word(subjects, turn >> 2)} of house ${turn * 911}?`,
      createdAt: Date.now(),
      status: 'complete',
    }
    const replyId = `msg:${v7()}` as const
    await prepareTurn(runtime, {
      conversation: stored,
      path: [...path, message],
      pathComplete,
      replyId,
      model: benchModel,
      loaded,
      count,
    })
    timings.push({ total: performance.now() - from, retrieval: retrievalMs, counting: countingMs, reading })
  }
  return timings
}
