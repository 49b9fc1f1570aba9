import { expect, it } from 'vitest'
import { readSource } from './source-of.ts'

const origin = 'http://127.0.0.1:4173'
const library = 'https://raw.githubusercontent.com/mlc-ai/x/main/lib.wasm'

it.each([
  ['', library],
  ['/mirror/qwen', `${origin}/mirror/qwen/lib.wasm`],
  ['/mirror/qwen//', `${origin}/mirror/qwen/lib.wasm`],
  ['https://huggingface.co/someone/qwen/resolve/main', 'https://huggingface.co/someone/qwen/resolve/main/lib.wasm'],
])('files are fetched from %j', (typed, address) => {
  const source = readSource(typed, origin)
  expect(typeof source === 'string' ? source : source(library)).toBe(address)
})

it.each(['https://example.org/models', 'http://huggingface.co/x', 'https://huggingface.co.example.org/', 'https://['])(
  '%j is refused in words',
  (typed) => {
    expect(typeof readSource(typed, origin)).toBe('string')
  },
)
