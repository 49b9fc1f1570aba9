import type { AssembleInput, CountTokens } from './assemble-input.ts'
import type { PromptPart } from './template.ts'

/**
 * How many tokens of a prompt the KV cache should hold already: those of the parts that it shares, from the start, with the
 * previous prompt, and where it shares them all, those of the reply that was written to it. A prediction: the cache may
 * have been lost, which `actual` then shows.
 */
export function cachedTokens(input: AssembleInput, parts: readonly PromptPart[], count: CountTokens): number {
  const { previous } = input
  if (!previous || input.cacheCold) return 0
  const { manifest, reply } = previous
  if (manifest.model.id !== input.model.id || manifest.model.engine !== input.model.engine) return 0
  if (manifest.model.tokenizerId !== input.model.tokenizerId || manifest.window.size !== input.windowTokens) return 0
  const last = manifest.prompt.length - 1
  let tokens = 0
  for (let index = 0; index < last; index++) {
    const part = parts[index]
    if (!part || part.text !== manifest.prompt[index]?.text) return tokens
    tokens += count(part.text)
  }
  const opening = manifest.prompt[last]?.text ?? ''
  const next = parts[last]
  if (!next?.text.startsWith(opening)) return tokens
  const written = writtenSince(manifest.continues, opening, input.template.assistant.before, reply.text)
  const held = next.text.startsWith(written) ? written : opening
  return tokens + Math.min(count(held), count(next.text))
}

/** The reply part as the cache holds it when the reply has ended. A continued reply's text holds the whole of it. */
function writtenSince(continues: string | undefined, opening: string, before: string, text: string): string {
  return continues === undefined ? opening + text : before + text
}
