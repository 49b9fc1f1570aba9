import type { Model, ModelBuild } from '#ports/model.ts'
import { counting } from './counting.ts'
import { hub, libraries } from './hub-addresses.ts'
import type { HubRecord } from './hub-record.ts'
import type { ModelLine } from './model-line.ts'
import { kvBufferBytesPerToken, memoryFigures } from './model-shape.ts'
import { quantizationOf } from './quantization.ts'

const MIB = 1024 * 1024
/** Longest window that is set unasked. */
const DEFAULT_WINDOW = 8192
/** Below this many parameters a model is not asked to write memory. */
const WRITES_MEMORY = 0.9e9
/**
 * Least room for activations and the runtime. Some records name less than weights and window take together; then this is
 * used: a cautious figure, of which the built-in model needs a third.
 */
const LEAST_WORKING_BYTES = 60_000_000

/**
 * A model of the hub. The list of its files is known only from its tensor-cache.json at download time, so `files` is empty;
 * the size of its weights is computed from its dimensions. What the package says it needs beyond weights and window is the
 * room to work in.
 */
export function fromRecord(line: ModelLine, record: HubRecord): Model {
  const { contextLength } = line.shape
  const { parameters } = memoryFigures(line.shape)
  return {
    id: record.id,
    name: line.name,
    family: line.family,
    parameters,
    quantization: quantizationIn(line, record).name,
    licence: line.licence,
    languages: line.languages,
    note: line.note,
    source: 'hub',
    contextLength,
    defaultWindow: Math.min(DEFAULT_WINDOW, contextLength),
    template: line.template,
    defaultInstructions: line.instructions,
    tokenizerId: line.tokenizerId,
    tokenizerUrl: `${baseUrl(record)}tokenizer.json`,
    writesMemory: parameters > WRITES_MEMORY,
    sampling: line.sampling,
    ...(line.thinking ? { thinking: line.thinking } : {}),
    ...(line.thinks ? { thinks: line.thinks } : {}),
    ...(line.recommend ? { recommend: line.recommend } : {}),
    selfTest: counting(line.template),
    builds: { webllm: buildOf(line, record) },
  }
}

const baseUrl = ({ id }: HubRecord) => `${hub}${id}/resolve/main/`

/** "Qwen3-4B-q4f16_1-MLC" is q4f16_1. */
const quantizationIn = (line: ModelLine, { id }: HubRecord) =>
  quantizationOf(id.slice(line.records.length + 1).replace(/-MLC.*$/, ''))

function buildOf(line: ModelLine, record: HubRecord): ModelBuild {
  const { weightBits, valueBytes, bufferBits } = quantizationIn(line, record)
  const { parameters, kvLayers, largestTable, estimated } = memoryFigures(line.shape)
  const weightBytes = Math.round((parameters * weightBits) / 8)
  const perLayer = kvBufferBytesPerToken(line.shape, valueBytes)
  const kvBytesPerToken = kvLayers * perLayer
  const rest = Math.round(record.vramMiB * MIB - (record.window ?? 0) * kvBytesPerToken - weightBytes)
  return {
    downloadBytes: weightBytes,
    weightBytes,
    kvBytesPerToken,
    kvBufferBytesPerToken: perLayer,
    ...(largestTable === undefined ? {} : { largestBufferBytes: Math.ceil((largestTable * bufferBits) / 8) }),
    workingBytes: Math.max(LEAST_WORKING_BYTES, rest),
    needsF16: valueBytes === 2,
    ...(estimated ? { estimated: ['weights', 'window'] as const } : {}),
    files: [],
    baseUrl: baseUrl(record),
    libraryUrl: `${libraries}${record.library}`,
  }
}
