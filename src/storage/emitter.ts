import type { Unsubscribe } from '#ports/storage.ts'

/** Callbacks that want to hear of something. */
export type Emitter<Value> = {
  readonly subscribe: (callback: (value: Value) => void) => Unsubscribe
  readonly emit: (value: Value) => void
}

export function createEmitter<Value>(): Emitter<Value> {
  const callbacks = new Set<{ readonly call: (value: Value) => void }>()
  return {
    subscribe(call) {
      const entry = { call }
      callbacks.add(entry)
      return () => callbacks.delete(entry)
    },
    emit(value) {
      for (const { call } of [...callbacks]) call(value)
    },
  }
}
