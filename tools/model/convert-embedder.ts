/**
 * Writes a BERT embedder as WebLLM loads it: `tsx tools/model/convert-embedder.ts CONFIG MODEL.safetensors TOKENIZER.json
 * OUT_FOLDER`; CONFIG names one of the compiler's embedders.json. The weights stay float32, under their published names.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Weight } from './convert-weights.ts'
import { readSafetensors } from './read-safetensors.ts'
import { writeShards } from './write-shards.ts'

const configs: Record<string, { vocab: number; context: number }> = JSON.parse(
  readFileSync(fileURLToPath(new URL('../model-compiler/embedders.json', import.meta.url)), 'utf8'),
)

/** What the library computes with: the pooler of BERT's pre-training is no part of a sentence's vector. */
function* weightsOf(path: string): Generator<Weight> {
  for (const [name, { shape, values }] of readSafetensors(readFileSync(path))) {
    if (name.startsWith('pooler.')) continue
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    yield { name, shape, dtype: 'float32', bytes }
  }
}

async function main(name = '', weights = '', tokenizer = '', folder = ''): Promise<void> {
  const config = configs[name]
  if (!config || !folder) throw new Error('usage: tsx convert-embedder.ts CONFIG MODEL.safetensors TOKENIZER.json OUT_FOLDER')
  mkdirSync(folder, { recursive: true })
  const chatConfig = {
    version: '0.1.0',
    model_type: 'bert',
    quantization: 'q0f32',
    vocab_size: config.vocab,
    context_window_size: config.context,
    sliding_window_size: -1,
    prefill_chunk_size: config.context,
    tokenizer_files: ['tokenizer.json'],
  }
  writeFileSync(join(folder, 'mlc-chat-config.json'), JSON.stringify(chatConfig))
  copyFileSync(tokenizer, join(folder, 'tokenizer.json'))
  await writeShards(weightsOf(weights), folder)
}

main(...process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  process.exitCode = 1
})
