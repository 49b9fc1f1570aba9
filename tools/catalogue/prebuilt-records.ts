import { type ModelRecord, modelLibURLPrefix, modelVersion, prebuiltAppConfig } from '@mlc-ai/web-llm'
import type { HubRecord } from '../../src/engine/catalogue/hub-record.ts'

const weights = 'https://huggingface.co/mlc-ai/'
const libraries = `${modelLibURLPrefix + modelVersion}/`

function short(url: string, base: string): string {
  if (!url.startsWith(base)) throw new Error(`${url} does not begin with ${base}: the catalogue's addresses must be looked at.`)
  return url.slice(base.length)
}

function fromPackage(record: ModelRecord): HubRecord {
  const repository = short(record.model, weights)
  const window = record.overrides?.context_window_size
  return {
    id: record.model_id,
    ...(repository === record.model_id ? {} : { repository }),
    library: short(record.model_lib, libraries),
    vramMiB: record.vram_required_MB ?? 0,
    ...(window === undefined ? {} : { window }),
    ...(record.required_features?.includes('shader-f16') ? { f16: true } : {}),
    ...(record.buffer_size_required_bytes === undefined ? {} : { bufferBytes: record.buffer_size_required_bytes }),
  }
}

/** The records of the installed package, in its order, reduced to what the catalogue uses. */
export function prebuiltRecords(): readonly HubRecord[] {
  return prebuiltAppConfig.model_list.map(fromPackage)
}

/** Where the package fetches libraries from. */
export const libraryBase = libraries
