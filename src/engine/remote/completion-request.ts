import type { PromptPart } from '#context/template.ts'
import { schemaGrammar } from '#engine/json/schema-grammar.ts'
import { wantedSchema } from '#engine/json/wanted-schema.ts'
import type { GenerateRequest } from '#ports/engine.ts'

/** Servers take at most so many stop texts. */
const mostStops = 4

type Asked = {
  readonly model: string
  readonly request: Pick<GenerateRequest, 'sampling' | 'stop' | 'fresh'>
  readonly maxOutputTokens: number
}

function common({ model, request, maxOutputTokens }: Asked) {
  const { temperature, topP, presencePenalty, frequencyPenalty, seed } = request.sampling
  const stop = request.stop.slice(0, mostStops)
  return {
    model,
    stream: true,
    stream_options: { include_usage: true },
    temperature,
    top_p: topP,
    seed,
    max_tokens: maxOutputTokens,
    ...(stop.length > 0 ? { stop } : {}),
    ...(presencePenalty === undefined ? {} : { presence_penalty: presencePenalty }),
    ...(frequencyPenalty === undefined ? {} : { frequency_penalty: frequencyPenalty }),
  }
}

/** For a server whose tokenizer and template are known: the exact tokens of the prompt, laid by us. */
export function tokensRequest(asked: Asked, tokens: readonly number[]) {
  // llama.cpp tells how far it has read where it is asked to; it is the one that counts and tells its template.
  const schema = wantedSchema(asked.request.sampling)
  // The grammar goes first there. The one that it makes of a schema itself lets a model write blank lines for ever.
  const format = schema && { grammar: schemaGrammar(schema), json_schema: schema }
  return {
    path: 'v1/completions',
    body: { ...common(asked), ...format, prompt: tokens, cache_prompt: !asked.request.fresh, return_progress: true },
  }
}

/** For every other server: messages, which it lays by its own template. */
export function messagesRequest(asked: Asked, prompt: readonly PromptPart[]) {
  const messages = prompt.flatMap(({ role, text }) =>
    role === 'reply' ? (text === '' ? [] : [{ role: 'assistant', content: text }]) : [{ role, content: text }],
  )
  const begun = prompt.at(-1)?.role === 'reply' && prompt.at(-1)?.text !== ''
  // A reply that is gone on with ends the messages; these two say so to servers that would begin another turn.
  const goOn = begun ? { continue_final_message: true, add_generation_prompt: false } : {}
  const schema = wantedSchema(asked.request.sampling)
  const format = schema && { response_format: { type: 'json_schema', json_schema: { name: 'reply', schema, strict: true } } }
  return { path: 'v1/chat/completions', body: { ...common(asked), ...format, messages, ...goOn } }
}
