import { miniLm } from '#engine/catalogue/embedder.ts'
import { createWllamaEmbedder } from '#engine/wllama/create-wllama-embedder.ts'
import { textVector } from '#memory/text-vector.ts'

/** Drives the product's own embedder: what it is asked comes from tools/bench/memory/embed/embed-sets.ts. */
const embedder = createWllamaEmbedder()
const never = new AbortController().signal
const ready = embedder.load(miniLm, () => {}, never)

/** The vectors of texts as the product keeps them: bytes, base64; empty where a text has none. */
async function embedTexts(texts: readonly string[]): Promise<string[]> {
  await ready
  const vectors = await embedder.embed(texts, never)
  return vectors.map((vector) => {
    const kept = vector && textVector(vector)
    return kept ? btoa(String.fromCharCode(...new Uint8Array(kept.buffer))) : ''
  })
}

/** What the page offers to whoever drives it. */
export type EmbedPage = { readonly embedTexts: typeof embedTexts }
Object.assign(globalThis, { embedTexts } satisfies EmbedPage)
