import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import type { Actions } from '#runtime/actions.ts'
import type { LonghandState } from '#runtime/state.ts'
import { assert } from '#shared/assert.ts'

type Longhand = { readonly store: StoreApi<LonghandState>; readonly actions: Actions }

const LonghandContext = createContext<Longhand | undefined>(undefined)

/** Gives the runtime's state and actions to every component below. Both must stay the same objects. */
export function LonghandProvider({ store, actions, children }: Longhand & { readonly children: ReactNode }) {
  return <LonghandContext value={{ store, actions }}>{children}</LonghandContext>
}

function useContextValue(): Longhand {
  const value = useContext(LonghandContext)
  assert(value, 'a component was rendered outside LonghandProvider')
  return value
}

/** Re-renders only when what the selector returns is another value: select narrowly, and never build an object in it. */
export function useLonghand<T>(selector: (state: LonghandState) => T): T {
  return useStore(useContextValue().store, selector)
}

export function useActions(): Actions {
  return useContextValue().actions
}

/** The store itself, for event handlers that look at the state of the moment. */
export function useLonghandStore(): StoreApi<LonghandState> {
  return useContextValue().store
}
