/**
 * Makes the cache of embeddings that `npm run bench:memory -- --embedder FILE` reads, with the product's own embedder in a
 * browser: `npm run bench:embed -- --data DIR --out FILE [--suite locomo,beam,longmemeval] [--limit HISTORIES] [--natively]`.
 * Only what the user said has vectors, as in the product. A run that was cut off goes on where it was. `--natively`: by llama.cpp
 * outside the browser; with `--compare N` first the least cosine of N texts between the two is told.
 */
import { parseArgs } from 'node:util'
import { openEmbeddingCache } from '../embedding-cache.ts'
import { readSuite } from '../read-sets.ts'
import { embedInBrowser } from './embed-in-browser.ts'
import { embedNatively } from './embed-natively.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    suite: { type: 'string', default: 'locomo,beam,longmemeval' },
    limit: { type: 'string', default: '1000000' },
    natively: { type: 'boolean', default: false },
    compare: { type: 'string', default: '0' },
  },
})
const batch = 16

async function main(): Promise<void> {
  if (!values.data || !values.out) throw new Error('Say where the sets are and where the cache is: --data DIR --out FILE.')
  const cache = openEmbeddingCache(values.out)
  const missing = [...textsOf(values.data)].filter((text) => !cache.has(text))
  if (Number(values.compare) > 0) await compare(missing.slice(0, Number(values.compare)))
  const embedder = await (values.natively ? embedNatively : embedInBrowser)()
  try {
    const started = performance.now()
    for (let at = 0; at < missing.length; at += batch) {
      const texts = missing.slice(at, at + batch)
      const vectors = await embedder.embed(texts)
      for (const [index, text] of texts.entries()) cache.add(text, Buffer.from(vectors[index] ?? '', 'base64'))
      const done = Math.min(missing.length, at + batch)
      if (at % (20 * batch) === 0 || done === missing.length)
        console.log(`${done} of ${missing.length}, ${Math.round((performance.now() - started) / done)} ms a text`)
    }
  } finally {
    await embedder.close()
  }
}

/** How near the vectors of the same texts are, by the product in a browser and by llama.cpp outside it. */
async function compare(texts: readonly string[]): Promise<void> {
  const [inBrowser, natively] = [await embedInBrowser(), await embedNatively()]
  const [ours, theirs] = [await inBrowser.embed(texts), await natively.embed(texts)]
  await inBrowser.close()
  const cosines = texts.map((_, index) => cosine(bytesOf(ours[index]), bytesOf(theirs[index])))
  console.log(`${texts.length} texts: least cosine ${Math.min(...cosines).toFixed(4)}`)
}

const bytesOf = (text = '') => new Int8Array(Buffer.from(text, 'base64'))

/** 1 where both have none. */
function cosine(a: Int8Array, b: Int8Array): number {
  if (a.length !== b.length) return 0
  const dot = (one: Int8Array, other: Int8Array) => one.reduce((sum, value, at) => sum + value * (other[at] ?? 0), 0)
  return a.length === 0 ? 1 : dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
}

/** Questions first, then what the user said. */
function textsOf(data: string): ReadonlySet<string> {
  const texts = new Set<string>()
  for (const suite of ['locomo', 'beam', 'longmemeval'] as const) {
    if (!values.suite.split(',').includes(suite)) continue
    const histories = readSuite(data, suite).histories.slice(0, Number(values.limit))
    for (const { questions } of histories) for (const { text } of questions) texts.add(text)
    for (const { conversations } of histories)
      for (const { messages } of conversations) for (const { role, text } of messages) if (role === 'user') texts.add(text)
  }
  return texts
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
