import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createVectorRows } from '#memory/vector-rows.ts'
import { parseWordTable } from '#memory/word-table.ts'
import { createWordVectors } from '#memory/word-vectors.ts'
import { words } from '#shared/text-words.ts'
import { wordTablePath } from '../vectors/read-word-vectors.ts'

// What static word vectors cost: reading the table, a vector for each message, and finding the 120 nearest of all. Texts are
// of the table's words, as frequent as in natural text. CPU time does not suffer from what else the machine does; the least
// of many runs is what one query takes on a core of its own.
const { values } = parseArgs({ options: { sizes: { type: 'string' }, words: { type: 'string' } } })
const sizes = (values.sizes ?? '500,5000,50000,100000,500000').split(',').map(Number)
const wordsEach = Number(values.words ?? 40)
const queries = 100

function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

let state = 7
function next(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}

const bytes = readFileSync(wordTablePath)
let table = parseWordTable(bytes)
let vectors = createWordVectors(table)
const parseMs = cpuMs(() => {
  table = parseWordTable(bytes)
})
const createMs = cpuMs(() => {
  vectors = createWordVectors(table)
})
console.log(
  `${bytes.length} bytes, ${table.words.length} words; read ${parseMs.toFixed(0)} ms, made ready ${createMs.toFixed(0)} ms`,
)

const known = table.words
const text = (): string => Array.from({ length: wordsEach }, () => known[Math.floor(known.length ** next())] ?? '').join(' ')
const rows = createVectorRows(vectors.dimensions)
let made = 0
console.log(`messages of ${wordsEach} words   vector ms each   query ms: least   p50   p95   bytes a message`)
for (const size of sizes) {
  let spent = 0
  const before = made
  while (made < size) {
    const found = Array.from({ length: Math.min(1000, size - made) }, () => words(text()))
    spent += cpuMs(() => {
      for (const one of found) {
        const vector = vectors.vectorOf(one)
        if (vector) rows.set(made, vector)
        made++
      }
    })
  }
  const times = Array.from({ length: queries }, () => {
    const vector = vectors.vectorOf(words(text()))
    const started = performance.now()
    if (vector) rows.query(vector).nearest(size, 120)
    return performance.now() - started
  }).sort((a, b) => a - b)
  const quantile = (q: number): string => (times[Math.floor(q * (queries - 1))] ?? 0).toFixed(2)
  console.log(
    [
      String(size).padStart(8),
      (spent / Math.max(1, size - before)).toFixed(4).padStart(27),
      quantile(0).padStart(16),
      quantile(0.5).padStart(7),
      quantile(0.95).padStart(7),
      String(vectors.dimensions + 8 + 4 * Math.ceil(vectors.dimensions / 32)).padStart(10),
    ].join(' '),
  )
}
