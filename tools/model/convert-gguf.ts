import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { tokenizerFromGguf } from '#engine/gguf/gguf-tokenizer.ts'
import { readGguf } from '#engine/gguf/read-gguf.ts'
import { chatConfig } from './chat-config.ts'
import { convertWeights, llamaShape } from './convert-weights.ts'
import { writeShards } from './write-shards.ts'

/** What the compiled library fixes. */
export type LibraryLimits = { readonly prefillChunk: number; readonly contextWindow: number; readonly systemMessage: string }

/** Converts a GGUF file (Llama architecture, ChatML, Q4_1 with a Q8_0 table) to the folder that WebLLM loads. */
export async function convertGguf(from: string, folder: string, limits: LibraryLimits): Promise<void> {
  const file = await readFile(from)
  const gguf = readGguf(file)
  const tokens = gguf.metadata.get('tokenizer.ggml.tokens')
  const stopTokenIds = ['<|im_end|>', '<|endoftext|>'].map((token) => (Array.isArray(tokens) ? tokens.indexOf(token) : -1))
  if (stopTokenIds.includes(-1)) throw new Error(`${from} has no ChatML control tokens.`)
  await mkdir(folder, { recursive: true })
  await writeShards(convertWeights(gguf, file), folder)
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizerFromGguf(gguf)))
  const config = chatConfig({ ...limits, vocab: llamaShape(gguf).vocab, stopTokenIds })
  await writeFile(join(folder, 'mlc-chat-config.json'), JSON.stringify(config))
}
