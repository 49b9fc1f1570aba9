import type { Manifest } from '#context/manifest.ts'
import { miniLm } from '#engine/catalogue/embedder.ts'
import { createScriptedEmbedder, type EmbedderScript } from '#engine/scripted/create-scripted-embedder.ts'
import { createScriptedEngine } from '#engine/scripted/create-scripted-engine.ts'
import type { Script } from '#engine/scripted/script.ts'
import { scriptedModel } from '#engine/scripted/scripted-model.ts'
import { scriptedCounter } from '#engine/scripted/scripted-tokens.ts'
import { createChatImporter } from '#lab/importers/create-chat-importer.ts'
import { encodeWordTable } from '#memory/word-table.ts'
import type { EmbedderModel } from '#ports/embedder.ts'
import type { Model } from '#ports/model.ts'
import type { Storage } from '#ports/storage.ts'
import { countingIds } from '#shared/ids.ts'
import { createInMemoryStorage } from '#storage/in-memory/create-in-memory-storage.ts'
import { createLonghand, type Longhand } from './longhand.ts'
import { checkHere } from './memory-check/check-request.ts'
import { createLocalRetrieval } from './retrieval/create-local-retrieval.ts'
import type { Services } from './services.ts'
import type { LonghandState } from './state.ts'
import { singleTab } from './tab-link.ts'

type Options = {
  readonly script?: Script
  readonly windowTokens?: number
  /** Whether the scripted model may write memory. */
  readonly writesMemory?: boolean
  readonly storage?: Storage
  readonly firstId?: number
  readonly fetchWordTable?: Services['fetchWordTable']
  readonly embedder?: EmbedderScript
  /** On offer, the one that comes with Longhand first. */
  readonly embedders?: readonly EmbedderModel[]
  /** Waits between two tries of the engine; none by default. */
  readonly pause?: Services['pause']
  /** Where the files of models stand; by default all are on the disk. */
  readonly fileStates?: Services['modelFiles']['states']
  /** Models that are listed once the catalogue is opened. */
  readonly more?: readonly Model[]
  readonly ownModels?: Services['ownModels']
}

const noWords = encodeWordTable({ dimensions: 4, words: [], scales: new Float32Array(0), values: new Int8Array(0) })

export type TestLonghand = Longhand & {
  readonly storage: Storage
  readonly state: () => LonghandState
  /** Resolves when the state fulfils the condition. */
  readonly until: (condition: (state: LonghandState) => boolean) => Promise<LonghandState>
  /** Sends and waits for the reply; returns its manifest. */
  readonly say: (text: string) => Promise<string>
  readonly leave: () => void
  readonly comeBack: () => void
}

/** The whole runtime over storage in memory and the scripted engine, with time that moves ten milliseconds a look. */
export async function startTestLonghand({
  script = {},
  windowTokens,
  writesMemory = false,
  storage,
  firstId = 0,
  fetchWordTable = async () => noWords,
  embedder = {},
  embedders = [miniLm],
  pause = async () => {},
  fileStates = async (builds) => builds.map(() => ({ onDisk: 'yes', bytes: 0 })),
  more = [],
  ownModels,
}: Options = {}): Promise<TestLonghand> {
  let time = Date.UTC(2026, 0, 1)
  const now = () => {
    time += 10
    return time
  }
  const store = storage ?? createInMemoryStorage(now)
  let leaving: () => void = () => {}
  let returning: () => void = () => {}
  const models = [{ ...scriptedModel, writesMemory, defaultWindow: windowTokens ?? scriptedModel.defaultWindow }]
  const services: Services = {
    storage: store,
    temporary: createInMemoryStorage(now),
    retrieval: createLocalRetrieval(),
    fetchWordTable,
    embedding: { models: embedders, create: () => createScriptedEmbedder(embedder), removeFiles: async () => {} },
    openImporter: async () => createChatImporter(),
    checkMemory: async (request) => checkHere(request),
    engines: { scripted: () => createScriptedEngine(script) },
    models,
    ...(ownModels && { ownModels }),
    openCatalogue: async () => ({ models: [...models, ...more], unoffered: [] }),
    loadTokenCounter: async () => scriptedCounter,
    modelFiles: { states: fileStates, remove: async () => {} },
    detectDevice: async () => ({ gpu: 'none', threads: 1, crossOriginIsolated: false }),
    tabs: singleTab(),
    clock: { now },
    pause,
    newId: countingIds(firstId),
    newSeed: () => 7,
    utcOffsetMinutes: () => 0,
    browserStorage: { persist: async () => true, persisted: async () => true, estimate: async () => ({}) },
    saveFile: async () => {},
    onLeaving: (callback) => {
      leaving = callback
      return () => {}
    },
    onReturning: (callback) => {
      returning = callback
      return () => {}
    },
  }
  const longhand = createLonghand(services)
  const until = (condition: (state: LonghandState) => boolean) =>
    new Promise<LonghandState>((resolve) => {
      if (condition(longhand.store.getState())) return resolve(longhand.store.getState())
      const unsubscribe = longhand.store.subscribe((state) => {
        if (!condition(state)) return
        unsubscribe()
        resolve(state)
      })
    })
  await longhand.start()
  return {
    ...longhand,
    storage: store,
    state: longhand.store.getState,
    until,
    leave: () => leaving(),
    comeBack: () => returning(),
    async say(text) {
      const before = longhand.store.getState().open?.messages.length ?? 0
      await longhand.actions.send(text)
      const done = await until(({ open, live, turnProblem }) => {
        const answered = (open?.messages.length ?? 0) >= before + 2 && open?.messages.at(-1)?.role === 'assistant'
        return Object.keys(live).length === 0 && (answered || turnProblem !== undefined)
      })
      return done.open?.messages.at(-1)?.text ?? ''
    },
  }
}

/** The same with the scripted model loaded. */
export async function ready(options: Options = {}): Promise<TestLonghand> {
  const longhand = await startTestLonghand(options)
  await longhand.actions.loadModel('scripted')
  if (longhand.state().engine.type !== 'ready') throw new Error('the scripted model did not load')
  return longhand
}

/** The manifest of the newest reply in the open conversation, from storage. */
export async function lastManifest(longhand: TestLonghand): Promise<Manifest> {
  const reply = longhand.state().open?.messages.at(-1)
  const manifest = reply && (await longhand.storage.chat.getManifest(reply.id))
  if (!manifest) throw new Error('no manifest')
  return manifest
}
