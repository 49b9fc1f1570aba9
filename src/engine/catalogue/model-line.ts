import type { ChatTemplate } from '#context/template.ts'
import type { Model } from '#ports/model.ts'
import type { EstimatedShape, ModelShape } from './model-shape.ts'

/** What the records of one model have in common, whatever their quantization. */
export type ModelLine = {
  readonly family: string
  readonly name: string
  /** The ids of its records are this, a hyphen, and a quantization. */
  readonly records: string
  readonly shape: ModelShape | EstimatedShape
  readonly licence: Model['licence']
  readonly languages: string
  readonly note: string
  readonly template: ChatTemplate
  readonly instructions: string
  readonly tokenizerId: string
  readonly sampling: Model['sampling']
  readonly thinking?: Model['thinking']
  readonly thinks?: Model['thinks']
  readonly recommend?: true
}

/** A model of the package that Longhand does not run. */
export type UnofferedLine = Pick<ModelLine, 'family' | 'name' | 'records'> & { readonly why: string }

/** Sampling for models whose makers name none: mlc-llm's own default. */
export const plainSampling = { temperature: 0.7, topP: 0.95 }
