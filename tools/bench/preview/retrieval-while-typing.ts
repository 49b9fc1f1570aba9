import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { createLexicalIndex } from '#memory/lexical-index.ts'
import { parseWordTable, wordTableChecksum } from '#memory/word-table.ts'
import { createWordVectors } from '#memory/word-vectors.ts'
import { wordTablePath } from '../../vectors/read-word-vectors.ts'
import { longConversation, question } from '../turn/bench-texts.ts'
import { messagesOf } from '../turn/large-backup.ts'

/*
 * Processor time of the retrieval for a message that grows by two letters from plan to plan, as plans follow a typist of ten keys
 * a second. Other work on the machine does not add to processor time, but for what it takes of the caches.
 *
 *   npm run bench:typing -- [--messages 100000] [--long 10000] [--each 200] [--keys 200]
 */
const { values: options } = parseArgs({
  options: {
    messages: { type: 'string', default: '100000' },
    long: { type: 'string', default: '10000' },
    each: { type: 'string', default: '200' },
    keys: { type: 'string', default: '200' },
  },
})
const [messages, long, each, keys] = [options.messages, options.long, options.each, options.keys].map(Number) as [
  number,
  number,
  number,
  number,
]
const now = Date.UTC(2026, 0, 1)
const index = createLexicalIndex()
index.add([...messagesOf({ messages, long, each }, now)])
const bytes = readFileSync(wordTablePath)
index.setWordVectors(createWordVectors(parseWordTable(bytes)), wordTableChecksum(bytes))
while (index.fillVectors(100_000));

const text = Array.from({ length: 20 }, (_, n) => question(n)).join(' ')
const cue = { at: now, conversationId: longConversation, excludeMessageIds: [], otherConversationsOnly: false, limit: 24 }

function typeOnce(): readonly number[] {
  const times: number[] = []
  for (let key = 1; key <= keys; key += 2) {
    const before = process.cpuUsage()
    index.retrieve({ ...cue, text: text.slice(0, key) })
    const { user, system } = process.cpuUsage(before)
    times.push((user + system) / 1000)
  }
  return times.sort((a, b) => a - b)
}

// The first time compiles on the way and is not counted.
typeOnce()
const times = typeOnce()
const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? Number.NaN).toFixed(1)
console.log(`${messages} messages: p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms of processor time (n ${times.length})`)
