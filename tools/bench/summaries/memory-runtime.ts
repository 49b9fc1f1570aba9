import { createStore } from 'zustand/vanilla'
import type { Model } from '#ports/model.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import type { Embedding } from '#runtime/embedding/embedding.ts'
import { createEngineRoom } from '#runtime/engine-room.ts'
import { initialState } from '#runtime/initial-state.ts'
import { createLocalRetrieval } from '#runtime/retrieval/create-local-retrieval.ts'
import type { Runtime } from '#runtime/runtime.ts'
import type { Services } from '#runtime/services.ts'
import type { LonghandState } from '#runtime/state.ts'
import { createInMemoryStorage } from '#storage/in-memory/create-in-memory-storage.ts'

export type MemoryRuntime = Runtime & {
  /** Moves the clock on; it never goes back. */
  readonly moveTo: (at: number) => void
}

/**
 * What the product's memory jobs stand on, in Node: storage in memory, a clock that is set, the model's own tokenizer. The
 * model counts as loaded, for its window; `mayWrite` says whether it may write memory. Nothing else of the services is there:
 * a job that asks for more fails.
 */
export function memoryRuntime(counter: TokenCounter, model: Model, mayWrite: boolean): MemoryRuntime {
  let time = 0
  const now = () => ++time
  const storage = createInMemoryStorage(now)
  const services = { storage, retrieval: createLocalRetrieval(), clock: { now }, tabs: { role: () => 'owner' } }
  const engine: LonghandState['engine'] = {
    type: 'ready',
    model: { ...model, writesMemory: mayWrite },
    loaded: {
      engine: 'wllama',
      modelId: model.id,
      windowTokens: model.defaultWindow,
      runsOn: 'CPU',
      scoresTokens: false,
      reuse: 'several',
    },
  }
  return {
    services: services as unknown as Services,
    store: createStore<LonghandState>(() => ({ ...initialState, engine })),
    engineRoom: createEngineRoom(() => {}),
    ops: [],
    anew: new Set(),
    get embedding(): Embedding {
      throw new Error('Memory jobs ask for no embedder.')
    },
    memories: new Map(),
    inCache: new Map(),
    counter,
    indexReady: Promise.resolve(),
    moveTo(at) {
      time = Math.max(time, at)
    },
  }
}
