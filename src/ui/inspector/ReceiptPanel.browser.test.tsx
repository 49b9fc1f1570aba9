import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, test } from 'vitest'
import { createStore } from 'zustand/vanilla'
import type { Manifest, ManifestItem, SectionName } from '#context/manifest.ts'
import type { Actions } from '#runtime/actions.ts'
import { initialState } from '#runtime/initial-state.ts'
import type { LonghandState } from '#runtime/state.ts'
import { LonghandProvider } from '#ui/longhand-context.tsx'
import { ReceiptPanel } from './ReceiptPanel.tsx'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })

function item(ref: string, start: number, text: string, change: Partial<ManifestItem> = {}): ManifestItem {
  return {
    ref,
    kind: 'round',
    key: ref,
    text,
    tokens: 10,
    start,
    part: 0,
    from: 0,
    to: text.length,
    evidence: [],
    why: 'score .74, needs .45',
    ...change,
  }
}

const section = (name: SectionName, items: readonly ManifestItem[]) => ({ name, tokens: 20, budgetTokens: 40, items })

const manifest: Manifest = {
  schema: 'longhand.manifest',
  version: 1,
  replyId: 'msg:1',
  userMessageId: 'msg:0',
  conversationId: 'conv:0',
  createdAt: 1_700_000_000_000,
  epoch: { id: 'epoch:0', reason: 'first-turn', turn: 1 },
  model: { id: 'm', name: 'Model', engine: 'scripted', tokenizerId: 't' },
  sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 10 },
  window: { size: 1000, reserve: 100, pressure: 750 },
  mode: 'assembled',
  prompt: [{ role: 'user', text: '<|im_start|>user\nA cat.' }],
  sections: [
    section('instructions', [item('I1', 0, 'Be brief.', { kind: 'instructions' })]),
    section('recalled', [item('R1', 20, 'A cat.', { conversationId: 'conv:9', conversationTitle: 'Vet', messageId: 'msg:9' })]),
    section('message', [item('M1', 40, 'And now?', { kind: 'message' })]),
  ],
  dropped: [],
  threshold: 0.45,
  predicted: { inputTokens: 60, cachedInputTokens: 20 },
  actual: {
    inputTokens: 62,
    cachedInputTokens: 20,
    outputTokens: 5,
    queueMs: 1,
    prefillMs: 10,
    decodeMs: 10,
    ttftMs: 30,
    finishReason: 'stop',
  },
}

let unmount: (() => void) | undefined
afterEach(() => act(() => unmount?.()))

function draw(manifests: LonghandState['manifests']): HTMLElement {
  const element = document.body.appendChild(document.createElement('div'))
  const root = createRoot(element)
  const store = createStore<LonghandState>(() => ({ ...initialState, manifests }))
  const tokenPieces = async () => [['<|im_start|>', 'user\nA cat.'].map((text) => ({ text, tokens: 1 }))]
  const actions = { loadManifest: async () => {}, tokenPieces } as Partial<Actions> as Actions
  act(() =>
    root.render(
      <LonghandProvider store={store} actions={actions}>
        <ReceiptPanel replyId="msg:1" onShow={() => {}} onClose={() => {}} />
      </LonghandProvider>,
    ),
  )
  unmount = () => {
    root.unmount()
    element.remove()
  }
  return element
}

test('[C6] a count that differs from the engine’s is said, not hidden', () => {
  const text = draw({ 'msg:1': manifest }).textContent ?? ''
  expect(text).toContain('62 of 1,000 tokens')
  expect(text).toContain('The model counted 2 tokens more than the 60 predicted')
})

test('a receipt that is not on disk is said to be missing, and nothing is made up', () => {
  const element = draw({ 'msg:1': 'missing' })
  expect(element.textContent).toContain('This reply has no receipt')
  expect([...element.querySelectorAll('button')].some((button) => button.textContent === 'Download receipt')).toBe(false)
})

test('the raw prompt is the text as sent', () => {
  const element = draw({ 'msg:1': { ...manifest, sections: [] } })
  act(() => [...element.querySelectorAll('button')].find((button) => button.textContent === 'Raw prompt')?.click())
  expect(element.querySelector('pre')?.textContent).toBe('<|im_start|>user\nA cat.')
})

test('the raw prompt shows on demand where its tokens begin', async () => {
  const element = draw({ 'msg:1': { ...manifest, sections: [] } })
  const press = (name: string) =>
    act(async () => [...element.querySelectorAll<HTMLElement>('button, label')].find((one) => one.textContent === name)?.click())
  await press('Raw prompt')
  await press('Sections and tokens')
  expect([...element.querySelectorAll('[data-token]')].map((token) => token.textContent)).toEqual([
    '<|im_start|>',
    'user\nA cat.',
  ])
  expect(element.querySelector('pre')?.textContent).toBe('<|im_start|>user\nA cat.')
})

test('the wait for the first word is split, and what the reply used of its reserve is told', () => {
  const text = draw({ 'msg:1': manifest }).textContent ?? ''
  expect(text).toContain('waiting <0.01 s')
  expect(text).toContain('reading 0.01 s')
  expect(text).toContain('first word 0.02 s')
  expect(text).toContain('Of these really used5')
})
