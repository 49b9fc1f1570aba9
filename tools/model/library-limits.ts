import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { LibraryLimits } from './convert-gguf.ts'

const configs = fileURLToPath(new URL('../model-compiler/configs.json', import.meta.url))

/** What the compiled library of a model fixes, from the compiler's own configuration. */
export function libraryLimits(name: string): LibraryLimits {
  const all: Record<string, { prefill_chunk: number; context: number; system_message: string }> = JSON.parse(
    readFileSync(configs, 'utf8'),
  )
  const config = all[name]
  if (!config) throw new Error(`${configs} has no model ${name}.`)
  return { prefillChunk: config.prefill_chunk, contextWindow: config.context, systemMessage: config.system_message }
}
