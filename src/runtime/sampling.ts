import type { Sampling } from '#context/manifest.ts'
import { type SamplingNumber, samplingBounds } from '#context/sampling-bounds.ts'
import type { LoadedModel } from '#ports/engine.ts'
import type { EngineName, Model } from '#ports/model.ts'
import type { Settings } from './settings.ts'

/** What the user chose of a model's sampling; what is absent is as the model recommends, the seed a new one each reply. */
export type SamplingChoice = Partial<Omit<Sampling, 'jsonSchema'>> & {
  /** Whether it thinks in writing first, where that can be chosen; absent: it does not. */
  readonly thinking?: boolean
}

/** The model as it is prompted: with thinking on where the user switched it on. */
export function asChosen({ sampling }: Pick<Settings, 'sampling'>, model: Model): Model {
  return model.thinks && sampling[model.id]?.thinking ? { ...model, ...model.thinks } : model
}

/** What an engine does not do. It is left out of a request, and so of the receipt. */
export const samplingLacks: Readonly<Record<EngineName, readonly SamplingNumber[]>> = {
  webllm: ['topK', 'minP'],
  wllama: [],
  // Not in the protocol: some servers take them, others ignore them without a word.
  remote: ['topK', 'minP', 'repetitionPenalty'],
  // The browser lets pages set none of it.
  browser: ['temperature', 'topP', 'topK', 'minP', 'repetitionPenalty', 'presencePenalty', 'frequencyPenalty', 'seed'],
  scripted: [],
}

/** Parts of every sampling, for what they are worth to the engine. */
const always: ReadonlySet<string> = new Set(['temperature', 'topP', 'seed'])

/** The most tokens of a reply where a window bounds it no further (E105): the model's own, else what is set for all models. */
export function longestReply({ sampling, replyTokens }: Pick<Settings, 'sampling' | 'replyTokens'>, modelId = ''): number {
  return ownLongestReply(sampling[modelId]) ?? replyTokens
}

/** What a model has of its own of that. */
export const ownLongestReply = (choice: SamplingChoice = {}) =>
  inBounds({ maxOutputTokens: choice.maxOutputTokens ?? Number.NaN }).maxOutputTokens

/** How the words of the next reply are chosen. A stored number that is out of bounds is as if it had not been set. */
export function samplingOf(
  settings: Pick<Settings, 'sampling' | 'temperature' | 'replyTokens'>,
  model: Model,
  { engine, windowTokens }: Pick<LoadedModel, 'engine' | 'windowTokens'>,
  newSeed: () => number,
): Sampling {
  const { sampling, temperature } = settings
  const { stop, thinking: _thinking, ...numbers } = sampling[model.id] ?? {}
  const chosen = inBounds(numbers)
  const old = temperature === undefined ? {} : { temperature }
  const wanted = { seed: newSeed(), ...model.sampling, ...old, ...chosen }
  const kept = Object.entries(wanted).filter(([key]) => always.has(key) || !samplingLacks[engine].includes(key as SamplingNumber))
  return {
    ...(Object.fromEntries(kept) as typeof wanted),
    ...(stop && stop.length > 0 ? { stop } : {}),
    maxOutputTokens: Math.min(longestReply(settings, model.id), Math.floor(windowTokens / 2)),
  }
}

/** Texts that end a reply: the template's and the user's. */
export const stopTexts = ({ template }: Model, { stop = [] }: Pick<Sampling, 'stop'>) => [...template.stop, ...stop]

function inBounds(numbers: Partial<Record<SamplingNumber, number>>): Partial<Record<SamplingNumber, number>> {
  const entries = Object.entries(numbers) as [SamplingNumber, number][]
  return Object.fromEntries(
    entries.filter(([key, value]) => value >= samplingBounds[key].least && value <= samplingBounds[key].most),
  )
}
