import { budgetNames, type PromptWishes } from '#chat/prompt-wishes.ts'
import { readRemoteModelId } from '#chat/remote-model-id.ts'
import type { ActualUsage, Manifest } from '#context/manifest.ts'
import { samplingBounds } from '#context/sampling-bounds.ts'
import { replyMisfit } from '#shared/json-schema.ts'
import { isOwnMix } from '#strategies/own-mix.ts'
import { profileOf } from '#strategies/profiles.ts'
import { formatCount, formatSeconds } from '#ui/kit/format.ts'
import { sectionLook } from '#ui/kit/section-look.ts'
import { scorePartWords } from './score-part-words.ts'

export type UsageRow = { readonly label: string; readonly value: string; readonly note?: string }

const finishWords: Readonly<Record<ActualUsage['finishReason'], string>> = {
  stop: 'the model ended it',
  length: 'it reached the longest reply allowed',
  cancelled: 'you stopped it',
  error: 'the engine failed',
}

/** What the engine and we measured for one reply; nothing here is predicted. */
export function usageRows(actual: ActualUsage, stop: readonly string[] = [], rolls = false): readonly UsageRow[] {
  const readTokens = actual.inputTokens - actual.cachedInputTokens
  return [
    { label: 'Waited for the engine', value: formatSeconds(actual.queueMs) },
    { label: 'Read the prompt', value: formatSeconds(actual.prefillMs), ...speed(readTokens, actual.prefillMs) },
    { label: 'Wrote the reply', value: formatSeconds(actual.decodeMs), ...speed(actual.outputTokens, actual.decodeMs) },
    { label: 'Input tokens', value: formatCount(actual.inputTokens) },
    {
      label: 'Of these from the cache',
      value: actual.unusedCache === 'not-reported' ? 'not known' : formatCount(actual.cachedInputTokens),
      ...unused(actual, rolls),
    },
    { label: 'Output tokens', value: formatCount(actual.outputTokens) },
    { label: 'Why it ended', value: endWords(actual.finishReason, stop) },
  ]
}

function endWords(reason: ActualUsage['finishReason'], stop: readonly string[]): string {
  return reason === 'stop' && stop.length > 0 ? 'the model ended it, or came to a stop text' : finishWords[reason]
}

const narrowing = ['topK', 'minP', 'repetitionPenalty', 'presencePenalty', 'frequencyPenalty'] as const

/** The settings that the reply was written with; `reply` is its text, where it is at hand. */
export function samplingRows(manifest: Manifest, reply?: string): readonly UsageRow[] {
  const { temperature, topP, seed, stop, jsonSchema, maxOutputTokens } = manifest.sampling
  const misfits = jsonSchema && reply !== undefined ? replyMisfit(jsonSchema, reply) : undefined
  const fit = reply === undefined ? {} : { note: misfits ? `does not fit: ${misfits}` : 'the reply fits' }
  const byBrowser = manifest.model.engine === 'browser'
  const chosen = [
    { label: 'Temperature', value: String(temperature) },
    { label: 'Top-p', value: String(topP) },
  ]
  const profile = profileOf(manifest.profile)
  const remote = readRemoteModelId(manifest.model.id)
  return [
    ...(remote ? [{ label: 'Sent to', value: remote.address, note: 'outside this page' }] : []),
    ...(byBrowser ? [{ label: 'Words chosen', value: 'by the browser’s own settings' }] : chosen),
    ...narrowing.flatMap((key) => {
      const value = manifest.sampling[key]
      return value === undefined ? [] : [{ label: samplingBounds[key].name, value: String(value) }]
    }),
    ...(byBrowser ? [] : [{ label: 'Seed', value: String(seed) }]),
    ...(stop ? [{ label: 'Ends at', value: stop.map((text) => `“${text.replaceAll('\n', '↵')}”`).join(', ') }] : []),
    ...(jsonSchema ? [{ label: 'Held to JSON', value: jsonSchema.replaceAll(/\s+/g, ' '), ...fit }] : []),
    { label: 'Longest reply', value: `${formatCount(maxOutputTokens)} tokens` },
    { label: 'Memory of the chat', value: isOwnMix(profile.id) ? profile.about : profile.name },
    ...(manifest.wishes ? [{ label: 'Set for the chat then', value: wishWords(manifest.wishes) }] : []),
  ]
}

/** "1 pinned, 2 hidden, Recalled at most 240 tokens". */
function wishWords({ pinned, hidden, budgets, weights, shortened = {} }: PromptWishes): string {
  const rooms = budgetNames.flatMap((name) => {
    const most = budgets[name]
    return most === undefined ? [] : [`${sectionLook[name].label} at most ${formatCount(most)} tokens`]
  })
  const weighed = Object.entries(weights).map(([part, weight]) => `“${scorePartWords(part)}” weighs ${weight.toFixed(2)}`)
  return [
    ...(pinned.length > 0 ? [`${formatCount(pinned.length)} pinned`] : []),
    ...(hidden.length > 0 ? [`${formatCount(hidden.length)} hidden`] : []),
    ...(Object.keys(shortened).length > 0 ? [`${formatCount(Object.keys(shortened).length)} shortened`] : []),
    ...rooms,
    ...weighed,
  ].join(', ')
}

const unusedWords = {
  appended: 'this model’s library cannot cut its cache back: it was read anew',
  rolls: 'a rolling window cannot be cut back: it was read anew',
  none: 'this model’s library reads wrongly on top of its cache: all is read anew',
  'not-reported': 'it was not told',
} as const

function unused({ unusedCache }: ActualUsage, rolls: boolean): { readonly note?: string } {
  return unusedCache ? { note: unusedWords[rolls && unusedCache === 'appended' ? 'rolls' : unusedCache] } : {}
}

function speed(tokens: number, milliseconds: number): { readonly note?: string } {
  if (tokens <= 0 || milliseconds <= 0) return {}
  const perSecond = (tokens * 1000) / milliseconds
  return { note: `${perSecond < 10 ? perSecond.toFixed(1) : formatCount(perSecond)} tokens a second` }
}
