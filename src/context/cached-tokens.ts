import type { AssembleInput, CountTokens } from './assemble-input.ts'
import type { PromptPart } from './template.ts'
import { sentReply } from './write-reply.ts'

/**
 * How many tokens of a prompt the KV cache should hold already: those of the parts that it shares, from the start, with the
 * previous prompt, and where it shares them all, those of the reply that was written to it. A prediction: the cache may
 * have been lost, which `actual` then shows.
 * A rolling window cannot be cut back: what it holds is of use only where all of it is gone on from.
 */
export function cachedTokens(input: AssembleInput, parts: readonly PromptPart[], count: CountTokens): number {
  const { previous } = input
  if (!previous || input.cacheCold) return 0
  const { manifest, reply } = previous
  if (manifest.model.id !== input.model.id || manifest.model.engine !== input.model.engine) return 0
  if (manifest.model.tokenizerId !== input.model.tokenizerId || manifest.window.size !== input.windowTokens) return 0
  const last = manifest.prompt.length - 1
  const shared = manifest.prompt.findIndex((part, index) => index === last || parts[index]?.text !== part.text)
  if (shared < last) return input.rolling ? 0 : parts.slice(0, shared).reduce((sum, part) => sum + count(part.text), 0)
  const opening = manifest.prompt[last]?.text ?? ''
  const tokens = manifest.predicted.inputTokens - count(opening)
  const next = parts[last]
  if (!next?.text.startsWith(opening)) return input.rolling ? 0 : tokens
  // A continued reply's text holds the whole of it, the text that was gone on with included.
  const written = sentReply(input.template, reply)
  if (!next.text.startsWith(written)) return input.rolling ? 0 : tokens + count(opening)
  // An engine reads a token that it wrote in order to write the next one: of a reply cut at its longest, the last was not.
  const unread = manifest.actual?.finishReason === 'length' && (reply.text !== '' || reply.thought) ? 1 : 0
  return tokens + Math.min(count(written) - unread, count(next.text))
}
