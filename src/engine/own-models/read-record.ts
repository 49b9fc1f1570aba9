import type { EmbedderModel } from '#ports/embedder.ts'
import type { Model } from '#ports/model.ts'

type Unknown = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null
const isPositive = (value: unknown) => typeof value === 'number' && value > 0
const isAffix = (value: unknown) => isObject(value) && typeof value.before === 'string' && typeof value.after === 'string'
const isFile = (value: unknown) => isObject(value) && typeof value.url === 'string' && isPositive(value.sizeBytes)

/** What a record has to hold to be shown and loaded at all; the rest is taken as it was written. */
function isModel(json: unknown): json is Model {
  if (!isObject(json) || json.source !== 'file' || !isObject(json.template) || !isObject(json.builds)) return false
  const { template, builds } = json
  const { wllama } = builds
  return (
    [json.id, json.name, json.tokenizerId, json.tokenizerUrl, template.start].every((text) => typeof text === 'string') &&
    [json.contextLength, json.defaultWindow].every(isPositive) &&
    [template.system, template.user, template.assistant].every(isAffix) &&
    Array.isArray(template.stop) &&
    Array.isArray(template.controlTokens) &&
    isObject(wllama) &&
    isPositive(wllama.weightBytes) &&
    Array.isArray(wllama.files) &&
    wllama.files.length > 0 &&
    wllama.files.every(isFile)
  )
}

function isEmbedder(json: unknown): json is EmbedderModel {
  if (!isObject(json)) return false
  const { id, name, dimensions, memoryBytes, file, own } = json
  return (
    [id, name].every((text) => typeof text === 'string') &&
    [dimensions, memoryBytes].every(isPositive) &&
    isFile(file) &&
    isObject(own)
  )
}

/** The model of a record; undefined where it is none, or damaged, and the file is then as good as gone. */
export const readRecord = (text: string): Model | undefined => parsed(text, isModel)
export const readEmbedderRecord = (text: string): EmbedderModel | undefined => parsed(text, isEmbedder)

function parsed<Made>(text: string, is: (json: unknown) => json is Made): Made | undefined {
  try {
    const json: unknown = JSON.parse(text)
    return is(json) ? json : undefined
  } catch {
    return undefined
  }
}
