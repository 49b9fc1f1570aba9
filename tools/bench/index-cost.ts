import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { PartChange } from '#memory/index-keeper.ts'
import { createLexicalIndex, type LexicalIndex } from '#memory/lexical-index.ts'
import { parseWordTable, wordTableChecksum } from '#memory/word-table.ts'
import { createWordVectors, type WordVectors } from '#memory/word-vectors.ts'
import { wordTablePath } from '../vectors/read-word-vectors.ts'
import { madeUpMessages, madeUpText } from './made-up-messages.ts'

/*
 * What the search index costs: taking messages in, asking it, storing it, and starting from what was stored instead of the
 * messages. Collections of each size are made one after the other, so that figures of one line come from one run.
 *
 *   npm run bench:index -- [--sizes 500,5000,50000,500000] [--queries 200]
 */
const { values } = parseArgs({ options: { sizes: { type: 'string' }, queries: { type: 'string' } } })
const sizes = (values.sizes ?? '500,5000,50000,500000').split(',').map(Number)
const queries = Number(values.queries ?? 200)

const bytes = readFileSync(wordTablePath)
const table = parseWordTable(bytes)
const checksum = wordTableChecksum(bytes)

// The wall says what a user waits for and suffers from what else the machine does; the processor's time does not.
function timed(work: () => void): { readonly ms: number; readonly cpuMs: number } {
  const [cpu, started] = [process.cpuUsage(), performance.now()]
  work()
  const { user, system } = process.cpuUsage(cpu)
  return { ms: performance.now() - started, cpuMs: (user + system) / 1000 }
}

function quantiles(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b)
  return [0.5, 0.95, 1].map((q) => (sorted[Math.floor(q * (sorted.length - 1))] ?? 0).toFixed(1)).join(' / ')
}

const versus = (stored: number, messages: number): string =>
  `${stored.toFixed(0)} ms from what was stored, ${messages.toFixed(0)} from messages, 1 to ${(messages / stored).toFixed(1)}`

function heldMiB(): number {
  globalThis.gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return (heapUsed + arrayBuffers) / 2 ** 20
}

function giveVectors(index: LexicalIndex, vectors: WordVectors): void {
  index.setWordVectors(vectors, checksum)
  while (index.fillVectors(100_000));
}

/** How often each question is asked: the least of its times is what it takes when nothing else wants the processor. */
const rounds = 3

function ask(
  index: LexicalIndex,
  size: number,
  seed: number,
): Record<'retrieve' | 'retrieveCpu' | 'leastCpu' | 'search', string> {
  const [retrieveMs, retrieveCpuMs, searchMs]: [number[], number[], number[]] = [[], [], []]
  const leastCpuMs = Array.from({ length: queries }, () => Number.POSITIVE_INFINITY)
  // The first round is of other questions: the engine compiles on the way, and it is not counted.
  for (let round = 0; round <= rounds; round++) {
    for (let query = 0; query < queries; query++) {
      const text = madeUpText(table.words, seed + query + (round === 0 ? 0 : queries), 12)
      const retrieve = timed(() => {
        index.retrieve({
          text,
          at: size * 60_000,
          conversationId: 'conv:none',
          excludeMessageIds: [],
          otherConversationsOnly: true,
          limit: 24,
        })
      })
      const [first = '', second = ''] = text.split(' ')
      const search = timed(() => void index.search(`${first} ${second.slice(0, 3)}`, 50))
      if (round === 0) continue
      leastCpuMs[query] = Math.min(leastCpuMs[query] ?? 0, retrieve.cpuMs)
      if (round > 1) continue
      retrieveMs.push(retrieve.ms)
      retrieveCpuMs.push(retrieve.cpuMs)
      searchMs.push(search.ms)
    }
  }
  return {
    retrieve: quantiles(retrieveMs),
    retrieveCpu: quantiles(retrieveCpuMs),
    leastCpu: quantiles(leastCpuMs),
    search: quantiles(searchMs),
  }
}

function measure(size: number): void {
  const before = heldMiB()
  const vectors = createWordVectors(table)
  let live: LexicalIndex | undefined = createLexicalIndex()
  let [addMs, addCpuMs, characters] = [0, 0, 0]
  for (let from = 0; from < size; from += 2000) {
    const messages = madeUpMessages(table.words, from, Math.min(2000, size - from))
    characters += messages.reduce((sum, { text }) => sum + text.length, 0)
    const { ms, cpuMs } = timed(() => live?.add(messages))
    addMs += ms
    addCpuMs += cpuMs
  }
  const filled = timed(() => live && giveVectors(live, vectors))
  const asked = ask(live, size, 1)
  const heldLive = heldMiB() - before

  const parts: NonNullable<PartChange['add']>[] = []
  const [partMs, partCpuMs]: [number[], number[]] = [[], []]
  for (;;) {
    let change: PartChange | undefined
    const { ms, cpuMs } = timed(() => {
      change = live?.keeper.next(
        parts.map(({ id }) => id),
        `part:${parts.length}`,
      )
    })
    if (!change?.add) break
    partMs.push(ms)
    partCpuMs.push(cpuMs)
    parts.push(change.add)
  }
  const stored = parts.reduce((sum, part) => sum + part.bytes.length, 0)
  live = undefined

  const withParts = heldMiB()
  const restored = createLexicalIndex()
  const restoring = timed(() => {
    for (const part of parts) restored.keeper.restore(part)
  })
  const refilled = timed(() => giveVectors(restored, vectors))
  const askedAgain = ask(restored, size, 1)
  const heldRestored = heldMiB() - withParts
  console.log(`
${size} messages of ${(characters / size).toFixed(0)} characters
  taken in            ${(addMs / size).toFixed(3)} ms a message (processor ${(addCpuMs / size).toFixed(3)}), vectors ${(filled.ms / size).toFixed(3)}
  retrieve            ${asked.retrieve} ms (p50 / p95 / most); from what was stored ${askedAgain.retrieve}
    of the processor  ${asked.retrieveCpu} ms; ${askedAgain.retrieveCpu}
    least of ${rounds}        ${asked.leastCpu} ms; ${askedAgain.leastCpu}
  search by people    ${asked.search} ms; from what was stored ${askedAgain.search}
  stored              ${(stored / size).toFixed(0)} bytes a message, ${parts.length} parts, ${quantiles(partMs)} ms to write one (processor ${quantiles(partCpuMs)})
  memory              ${((heldLive * 2 ** 20) / size).toFixed(0)} bytes a message, ${heldLive.toFixed(0)} MiB; from what was stored ${((heldRestored * 2 ** 20) / size).toFixed(0)}
  start               ${versus(restoring.ms + refilled.ms, addMs + filled.ms)}; words alone ${versus(restoring.ms, addMs)}
    of the processor  ${versus(restoring.cpuMs + refilled.cpuMs, addCpuMs + filled.cpuMs)}; words alone ${versus(restoring.cpuMs, addCpuMs)}`)
}

console.log(`${table.words.length} words with vectors of ${table.dimensions}, ${queries} queries of 12 words each`)
for (const size of sizes) measure(size)
