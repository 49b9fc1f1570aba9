/** Tokens `from` up to `to` of the KV cache, whose text is exactly `text`. */
export type TextSpan = { readonly from: number; readonly to: number; readonly text: string }

/** What the KV cache holds, oldest token first, and the texts that stand there where they are known. */
export type KvContents = { readonly ids: readonly number[]; readonly spans: readonly TextSpan[] }

export type ReadingPlan = {
  /** The whole prompt, as it will stand in the KV cache. */
  readonly ids: readonly number[]
  readonly spans: readonly TextSpan[]
  /** Tokens at the front that the cache already holds. At least one is always left to read: its logits are needed. */
  readonly keep: number
}

type Part = { readonly text: string; readonly ids: readonly number[] }

/**
 * How much of a prompt the KV cache already holds. Tokens that are the same are reused; where the model's own tokens
 * spell the prompt's text otherwise than the tokenizer would, the text decides, so that a turn costs only what is new.
 */
export function planReading(kv: KvContents, parts: readonly Part[], encode: (text: string) => readonly number[]): ReadingPlan {
  const byIds = planByIds(kv, parts)
  const byText = planByText(kv, parts, encode)
  const plan = byText.keep > byIds.keep ? byText : byIds
  return { ...plan, keep: Math.max(0, Math.min(plan.keep, plan.ids.length - 1)) }
}

function planByIds(kv: KvContents, parts: readonly Part[]): ReadingPlan {
  const ids = parts.flatMap((part) => part.ids)
  let at = 0
  const spans = parts.map(({ text, ids: { length } }): TextSpan => {
    const from = at
    at += length
    return { from, to: at, text }
  })
  return { ids, spans, keep: commonLength(kv.ids, 0, ids) }
}

function planByText(kv: KvContents, parts: readonly Part[], encode: (text: string) => readonly number[]): ReadingPlan {
  const ids: number[] = []
  const spans: TextSpan[] = []
  /** Tokens of the cache that match so far; while `matching`, `ids` holds exactly these. */
  let keep = 0
  let matching = true
  for (const part of parts) {
    const from = ids.length
    let rest = part.text
    let restIds = part.ids
    if (matching && commonLength(kv.ids, keep, part.ids) < part.ids.length) {
      for (let span = spanAt(kv, keep); span && rest.startsWith(span.text); span = spanAt(kv, keep)) {
        ids.push(...kv.ids.slice(span.from, span.to))
        rest = rest.slice(span.text.length)
        keep = span.to
      }
      if (rest !== part.text) restIds = rest === '' ? [] : encode(rest)
    }
    if (matching) {
      const common = commonLength(kv.ids, keep, restIds)
      keep += common
      matching = common === restIds.length
    }
    ids.push(...restIds)
    spans.push({ from, to: ids.length, text: part.text })
  }
  return { ids, spans, keep }
}

/** The known text that begins at a token, if all of its tokens are still there. */
function spanAt(kv: KvContents, from: number): TextSpan | undefined {
  return kv.spans.find((span) => span.from === from && span.to > from && span.to <= kv.ids.length && span.text !== '')
}

/** Length of the longest beginning of `ids` that the cache holds from `offset` on. */
function commonLength(cached: readonly number[], offset: number, ids: readonly number[]): number {
  let length = 0
  while (length < ids.length && offset + length < cached.length && cached[offset + length] === ids[length]) length++
  return length
}
