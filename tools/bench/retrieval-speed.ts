import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Message } from '#chat/message.ts'
import { createLexicalIndex } from '#memory/lexical-index.ts'
import { parseWordTable } from '#memory/word-table.ts'
import { createWordVectors } from '#memory/word-vectors.ts'
import { wordTablePath } from '../vectors/read-word-vectors.ts'

// Made-up conversations with the word frequencies of natural text, so that frequent words have long posting lists. With
// --vectors the words are those of the table of word vectors, and meaning and kinship are scored as well.
const { values } = parseArgs({
  options: { sizes: { type: 'string' }, queries: { type: 'string' }, vectors: { type: 'boolean', default: false } },
})
const sizes = (values.sizes ?? '500,5000,50000,100000').split(',').map(Number)
const queries = Number(values.queries ?? 300)

function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
const next = random(7)
const frequent =
  'the a to and of i you is it in that for my on with be have this are as do what can so me not at we your was'.split(' ')
const syllables = 'ba do ri ma ne lo ta su ki ve po ha ge nu zi fa re mo li ca'.split(' ')
const table = values.vectors ? parseWordTable(readFileSync(wordTablePath)) : undefined
const wordOf = (rank: number): string => {
  if (table) return table.words[rank % table.words.length] ?? ''
  if (rank < frequent.length) return frequent[rank] ?? ''
  let word = ''
  for (let rest = rank; rest > 0; rest = Math.floor(rest / syllables.length)) word += syllables[rest % syllables.length]
  return word
}
// Zipf's law with exponent 1 over 60,000 words.
const word = (): string => wordOf(Math.floor(60_000 ** next()) - 1)
const sentence = (length: number): string => Array.from({ length }, word).join(' ')

function messages(from: number, count: number): Message[] {
  return Array.from({ length: count }, (_, offset): Message => {
    const index = from + offset
    const isUser = index % 2 === 0
    return {
      id: `msg:${index}`,
      conversationId: `conv:${Math.floor(index / 40)}`,
      ...(index % 40 > 0 && { parentId: `msg:${index - 1}` as const }),
      role: isUser ? 'user' : 'assistant',
      text: `${sentence(isUser ? 25 : 90)}.`,
      createdAt: index * 60_000,
      status: 'complete',
    }
  })
}

const quantile = (sorted: readonly number[], q: number): string => (sorted[Math.floor(q * (sorted.length - 1))] ?? 0).toFixed(2)
const index = createLexicalIndex()
if (table) index.setWordVectors(createWordVectors(table))
let size = 0
// CPU time is a mean and does not suffer from what else the machine does; the quantiles are wall time and do.
console.log('messages   add ms each   retrieve CPU ms   p50   p95   max ms   search p50   p95 ms   heap MB')
for (const target of sizes) {
  const more = messages(size, target - size)
  const started = performance.now()
  index.add(more)
  const addMs = (performance.now() - started) / more.length
  size = target
  const retrieveMs: number[] = []
  const searchMs: number[] = []
  let cpu = 0
  // The first queries are compiled on the way and not counted.
  for (let number = -queries; number < queries; number++) {
    if (number === 0) {
      cpu = 0
      retrieveMs.length = 0
      searchMs.length = 0
    }
    const text = sentence(12)
    const cpuBefore = process.cpuUsage()
    let before = performance.now()
    index.retrieve({
      text,
      at: size * 60_000,
      conversationId: 'conv:none',
      excludeMessageIds: [],
      otherConversationsOnly: true,
      limit: 24,
    })
    retrieveMs.push(performance.now() - before)
    const used = process.cpuUsage(cpuBefore)
    cpu += (used.user + used.system) / 1000
    before = performance.now()
    index.search(`${word()} ${word().slice(0, 3)}`, 50)
    searchMs.push(performance.now() - before)
  }
  retrieveMs.sort((a, b) => a - b)
  searchMs.sort((a, b) => a - b)
  const heap = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers
  console.log(
    [
      String(size).padStart(8),
      addMs.toFixed(3).padStart(13),
      (cpu / queries).toFixed(2).padStart(17),
      quantile(retrieveMs, 0.5).padStart(5),
      quantile(retrieveMs, 0.95).padStart(5),
      quantile(retrieveMs, 1).padStart(8),
      quantile(searchMs, 0.5).padStart(12),
      quantile(searchMs, 0.95).padStart(8),
      (heap / 2 ** 20).toFixed(0).padStart(9),
    ].join(' '),
  )
}
