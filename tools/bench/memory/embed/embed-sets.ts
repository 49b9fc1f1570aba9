/**
 * Makes the cache of embeddings that `npm run bench:memory -- --embedder FILE` reads, with the product's own embedder in a
 * browser: `npm run bench:embed -- --data DIR --out FILE [--suite locomo,beam,longmemeval] [--limit HISTORIES]`. Only what the
 * user said has vectors, as in the product. A run that was cut off goes on where it was.
 */
import { parseArgs } from 'node:util'
import { openEmbeddingCache } from '../embedding-cache.ts'
import { readSuite } from '../read-sets.ts'
import { embedInBrowser } from './embed-in-browser.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    out: { type: 'string' },
    suite: { type: 'string', default: 'locomo,beam,longmemeval' },
    limit: { type: 'string', default: '1000000' },
  },
})
const batch = 16

async function main(): Promise<void> {
  if (!values.data || !values.out) throw new Error('Say where the sets are and where the cache is: --data DIR --out FILE.')
  const cache = openEmbeddingCache(values.out)
  const missing = [...textsOf(values.data)].filter((text) => !cache.has(text))
  const page = await embedInBrowser()
  try {
    const started = performance.now()
    for (let at = 0; at < missing.length; at += batch) {
      const texts = missing.slice(at, at + batch)
      const vectors = await page.embed(texts)
      for (const [index, text] of texts.entries()) cache.add(text, Buffer.from(vectors[index] ?? '', 'base64'))
      const done = Math.min(missing.length, at + batch)
      if (at % (20 * batch) === 0 || done === missing.length)
        console.log(`${done} of ${missing.length}, ${Math.round((performance.now() - started) / done)} ms a text`)
    }
  } finally {
    await page.close()
  }
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
