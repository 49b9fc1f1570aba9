import { v7 } from 'uuid'
import { miniLm } from '#engine/catalogue/embedder.ts'
import { createScriptedEmbedder } from '#engine/scripted/create-scripted-embedder.ts'
import { createScriptedEngine } from '#engine/scripted/create-scripted-engine.ts'
import { loadTokenCounter } from '#engine/tokenizer/load-token-counter.ts'
import { createChatImporter } from '#lab/importers/create-chat-importer.ts'
import type { Engine } from '#ports/engine.ts'
import type { Storage } from '#ports/storage.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import { checkHere } from '#runtime/memory-check/check-request.ts'
import { createRetrievalWorker } from '#runtime/retrieval/create-retrieval-worker.ts'
import type { Services } from '#runtime/services.ts'
import { singleTab } from '#runtime/tab-link.ts'
import { createInMemoryStorage } from '#storage/in-memory/create-in-memory-storage.ts'
import { openStorage } from '#storage/open-storage.ts'
import { benchModel } from './bench-model.ts'

/** Milliseconds spent since the last reset. */
export type Clocks = { reading: number; retrieval: number; counting: number }

const reply =
  'The harbour near the garden was painted on day twelve, as you said, and the ledger of that house lies in the museum.'

/** The product's own parts over the product's database, with clocks on what a turn reads, retrieves and counts. */
export async function timedServices() {
  const clocks: Clocks = { reading: 0, retrieval: 0, counting: 0 }
  const now = () => Date.now()
  const storage = await openStorage({ name: 'longhand', now })
  const retrieval = createRetrievalWorker()
  const tokenizer: unknown = await (await fetch('/models/smollm2-135m/resolve/main/tokenizer.json')).json()

  async function timed<Result>(part: keyof Clocks, work: () => Promise<Result>): Promise<Result> {
    const from = performance.now()
    try {
      return await work()
    } finally {
      clocks[part] += performance.now() - from
    }
  }
  const timedStorage: Storage = {
    ...storage,
    chat: {
      ...storage.chat,
      pathTail: (...call) => timed('reading', () => storage.chat.pathTail(...call)),
      getManifest: (id) => timed('reading', () => storage.chat.getManifest(id)),
    },
  }
  /** A counter that has counted nothing yet. */
  function freshCounter(): TokenCounter {
    const counter = loadTokenCounter('bench', tokenizer)
    return {
      tokenizerId: counter.tokenizerId,
      controlTokens: counter.controlTokens,
      count(text) {
        const from = performance.now()
        const tokens = counter.count(text)
        clocks.counting += performance.now() - from
        return tokens
      },
      pieces: (text) => counter.pieces(text),
    }
  }
  const services: Services = {
    storage: timedStorage,
    temporary: createInMemoryStorage(now),
    retrieval: { ...retrieval, retrieve: (cue) => timed('retrieval', () => retrieval.retrieve(cue)) },
    fetchWordTable: async () => new Uint8Array(await (await fetch('/vectors/words-128d.bin')).arrayBuffer()),
    embedding: { models: [miniLm], create: () => createScriptedEmbedder(), removeFiles: async () => {} },
    openImporter: async () => createChatImporter(),
    checkMemory: async (request) => checkHere(request),
    engines: { scripted: scriptedEngine },
    models: [benchModel],
    openCatalogue: async () => ({ models: [benchModel], unoffered: [] }),
    loadTokenCounter: async () => freshCounter(),
    modelFiles: { states: async (builds) => builds.map(() => ({ onDisk: 'yes', bytes: 0 })), remove: async () => {} },
    detectDevice: async () => ({ gpu: 'none', threads: 1, crossOriginIsolated: false }),
    tabs: singleTab(),
    clock: { now },
    newId: (prefix) => `${prefix}:${v7()}`,
    newSeed: () => 1,
    utcOffsetMinutes: () => 0,
    browserStorage: { persist: async () => true, persisted: async () => true, estimate: async () => ({}) },
    saveFile: async () => {},
    onLeaving: () => () => {},
    onReturning: () => () => {},
    pause: async () => {},
  }
  return { services, clocks, freshCounter }
}

/** Its own tokens are others than those of the tokenizer that prompts are made with: it gets a window that holds them surely. */
function scriptedEngine(): Engine {
  const engine = createScriptedEngine({ reply: () => reply })
  return {
    ...engine,
    async load(request, onProgress, signal) {
      const loaded = await engine.load({ ...request, windowTokens: request.windowTokens * 4 }, onProgress, signal)
      return { ...loaded, windowTokens: request.windowTokens }
    },
  }
}
