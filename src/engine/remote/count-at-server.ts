import { EngineError } from '#ports/engine.ts'
import { askJson, type Server } from './ask-server.ts'

/**
 * The tokens of texts by the server's own tokenizer, control tokens recognised, none added: `/tokenize` as llama.cpp and vLLM
 * have it, which differ in the names of its fields. Rejects with an EngineError where it is not offered.
 */
export async function countAtServer(
  server: Server,
  model: string,
  texts: readonly string[],
  signal: AbortSignal,
): Promise<readonly (readonly number[])[]> {
  const all: (readonly number[])[] = []
  for (const text of texts) all.push(text === '' ? [] : await tokensOf(server, model, text, signal))
  return all
}

async function tokensOf(server: Server, model: string, text: string, signal: AbortSignal): Promise<readonly number[]> {
  const body = { model, content: text, prompt: text, add_special: false, add_special_tokens: false, parse_special: true }
  const answer = (await askJson({ server, path: 'tokenize', body, signal })) as { tokens?: unknown } | null
  const tokens = answer?.tokens
  if (Array.isArray(tokens) && tokens.every((token) => Number.isInteger(token))) return tokens as number[]
  throw new EngineError('server-failed', 'tokenize: the answer holds no tokens.')
}
