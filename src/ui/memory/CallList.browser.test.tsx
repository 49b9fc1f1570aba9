import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Actions } from '#runtime/actions.ts'
import { initialState } from '#runtime/initial-state.ts'
import type { CallLog } from '#runtime/note-calls.ts'
import type { LonghandState } from '#runtime/state.ts'
import { LonghandProvider } from '#ui/longhand-context.tsx'
import { MemoryPage } from './MemoryPage.tsx'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

let unmount: (() => void) | undefined
afterEach(() => act(() => unmount?.()))

async function draw(log: CallLog): Promise<HTMLElement> {
  history.replaceState(null, '', '/memory')
  const element = document.body.appendChild(document.createElement('div'))
  const root = createRoot(element)
  const store = createStore<LonghandState>(() => initialState)
  const actions = { checkMemory: async () => [], readCalls: async () => log } as Partial<Actions> as Actions
  await act(async () =>
    root.render(
      <LonghandProvider store={store} actions={actions}>
        <MemoryPage />
      </LonghandProvider>,
    ),
  )
  unmount = () => {
    root.unmount()
    element.remove()
  }
  return element
}

test('what came of asking the model stands on the memory page, and leads to why lines were dropped', async () => {
  const element = await draw({
    summary: { asked: 3, parsed: 1, lines: 20, dropped: 14, why: { copied: 12, unsupported: 2 } },
    facts: { asked: 12, parsed: 9, lines: 31, dropped: 12, why: { unsupported: 8, repeated: 4 } },
  })
  expect(element.textContent).toContain('The model was asked for memory 15 times; 10 of its answers could be used.')
  const more = [...element.querySelectorAll('a')].find((link) => link.textContent === 'How it writes')
  await act(async () => more?.click())
  const text = element.querySelector('[aria-labelledby="model-calls"]')?.textContent
  expect(text).toContain(
    'Asked 12 times, 9 answers could be used, 31 lines, 12 dropped: 8 not held by what was said, 4 said twice',
  )
})

test('nothing is said where the model was never asked', async () => {
  const element = await draw({ choose: { asked: 0, parsed: 0, lines: 0, dropped: 0 } })
  expect(element.querySelector('h1')?.textContent).toBe('Memory')
  expect(element.textContent).not.toContain('Asked for memory')
})
