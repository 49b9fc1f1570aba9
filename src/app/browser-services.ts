import { v7 as uuid } from 'uuid'
import { browserModel } from '#engine/browser-model/browser-model.ts'
import { createBrowserEngine } from '#engine/browser-model/create-browser-engine.ts'
import { findPromptApi } from '#engine/browser-model/prompt-api.ts'
import { builtIn } from '#engine/catalogue/built-in.ts'
import { miniLm } from '#engine/catalogue/embedder.ts'
import { gpuEmbedders } from '#engine/catalogue/gpu-embedders.ts'
import { detectDevice } from '#engine/device/detect-device.ts'
import { deleteModelFiles, modelFilesStates } from '#engine/model-files/model-files-state.ts'
import { openModelFile } from '#engine/model-files/open-model-file.ts'
import { createOwnModels } from '#engine/own-models/create-own-models.ts'
import { connectRemote } from '#engine/remote/connect-remote.ts'
import { createWebllmEmbedder } from '#engine/webllm/create-webllm-embedder.ts'
import { createWebllmEngine } from '#engine/webllm/create-webllm-engine.ts'
import { createWllamaEmbedder } from '#engine/wllama/create-wllama-embedder.ts'
import { createWllamaEngine } from '#engine/wllama/create-wllama-engine.ts'
import type { Model } from '#ports/model.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import { checkInWorker } from '#runtime/memory-check/check-in-worker.ts'
import { estimatingCounter } from '#runtime/remote/remote-model.ts'
import { readRemoteSettings, remoteKeyName, remoteSettingsName } from '#runtime/remote/remote-settings.ts'
import { createRetrievalWorker } from '#runtime/retrieval/create-retrieval-worker.ts'
import type { Services } from '#runtime/services.ts'
import { linkTabs, singleTab } from '#runtime/tab-link.ts'
import type { NewId } from '#shared/ids.ts'
import { createInMemoryStorage } from '#storage/in-memory/create-in-memory-storage.ts'
import { openStorage, type StorageOptions } from '#storage/open-storage.ts'
import { fetchWordTable } from './fetch-word-table.ts'
import { openFrame } from './remote/open-frame.ts'
import { remoteDocuments } from './remote/remote-documents.ts'
import { saveFile } from './save-file.ts'

const newId: NewId = (prefix) => `${prefix}:${uuid()}`
const now = () => Date.now()

async function loadTokenCounter(model: Model): Promise<TokenCounter> {
  if (model.source === 'remote' || model.tokenizerUrl === '') return estimatingCounter
  const { loadTokenCounter: load } = await import('#engine/tokenizer/load-token-counter.ts')
  const file = await openModelFile(model.tokenizerUrl)
  return load(model.tokenizerId, JSON.parse(await file.text()))
}

function onLeaving(callback: () => void): () => void {
  const hidden = () => document.visibilityState === 'hidden' && callback()
  document.addEventListener('visibilitychange', hidden)
  document.addEventListener('freeze', callback)
  window.addEventListener('pagehide', callback)
  return () => {
    document.removeEventListener('visibilitychange', hidden)
    document.removeEventListener('freeze', callback)
    window.removeEventListener('pagehide', callback)
  }
}

const lookEveryMs = 5_000
/** Later by this than it should have been, a timer tells of a machine that slept or a page that stood still. */
const sleptMs = 20_000

function onReturning(callback: () => void): () => void {
  const visible = () => document.visibilityState === 'visible' && callback()
  const shown = ({ persisted }: PageTransitionEvent) => persisted && callback()
  let lookedAt = now()
  const timer = setInterval(() => {
    const slept = now() - lookedAt > lookEveryMs + sleptMs && document.visibilityState === 'visible'
    lookedAt = now()
    if (slept) callback()
  }, lookEveryMs)
  document.addEventListener('visibilitychange', visible)
  document.addEventListener('resume', callback)
  window.addEventListener('pageshow', shown)
  return () => {
    clearInterval(timer)
    document.removeEventListener('visibilitychange', visible)
    document.removeEventListener('resume', callback)
    window.removeEventListener('pageshow', shown)
  }
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })

/** Everything real: this browser's disk, workers, GPU and clock. Rejects with `wiped` unless `loss` says what to do then. */
export async function browserServices(loss: Pick<StorageOptions, 'acceptWipe' | 'restoreAfterWipe'> = {}): Promise<Services> {
  const name = 'longhand'
  const storage = await openStorage({ name, now, ...loss })
  const { storage: browserStorage } = navigator
  const remote = remoteDocuments()
  const promptApi = findPromptApi()
  async function server() {
    const { address } = readRemoteSettings(await storage.settings.get(remoteSettingsName))
    const key = await storage.settings.get(remoteKeyName)
    return { address, key: typeof key === 'string' ? key : '' }
  }
  return {
    storage,
    temporary: createInMemoryStorage(now),
    retrieval: createRetrievalWorker(),
    fetchWordTable,
    embedding: {
      models: [miniLm, ...gpuEmbedders],
      create: ({ gpu }) => (gpu ? createWebllmEmbedder() : createWllamaEmbedder()),
      removeFiles: ({ file, gpu }) => deleteModelFiles(gpu?.build ?? { files: file ? [file] : [] }),
    },
    openImporter: async () => (await import('#lab/importers/create-import-worker.ts')).createImportWorker(),
    checkMemory: checkInWorker,
    engines: {
      webllm: createWebllmEngine,
      wllama: createWllamaEngine,
      ...(promptApi && { browser: () => createBrowserEngine(promptApi) }),
      ...(remote.mayTalk ? { remote: () => connectRemote(openFrame, server) } : {}),
    },
    remote,
    ...(promptApi && { browserModel: { model: browserModel, availability: () => promptApi.availability() } }),
    models: [builtIn],
    ...(navigator.locks && { ownModels: createOwnModels() }),
    openCatalogue: async () => (await import('#engine/catalogue/catalogue.ts')).catalogue,
    loadTokenCounter,
    modelFiles: { states: modelFilesStates, remove: deleteModelFiles },
    detectDevice,
    tabs: navigator.locks ? linkTabs(name, navigator.locks, new BroadcastChannel(name)) : singleTab(),
    clock: { now },
    pause,
    newId,
    newSeed: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) >>> 1,
    utcOffsetMinutes: (at) => -new Date(at).getTimezoneOffset(),
    browserStorage: {
      persist: async () => (await browserStorage?.persist?.()) ?? false,
      persisted: async () => (await browserStorage?.persisted?.()) ?? 'unknown',
      async estimate() {
        const { usage, quota } = (await browserStorage?.estimate?.()) ?? {}
        return { ...(usage === undefined ? {} : { usageBytes: usage }), ...(quota === undefined ? {} : { quotaBytes: quota }) }
      },
    },
    saveFile,
    onLeaving,
    onReturning,
  }
}
