import type { Sampling } from '#context/manifest.ts'
import { EngineError } from '#ports/engine.ts'
import { type JsonSchema, readJsonSchema } from '#shared/json-schema.ts'

/** The schema that a reply is to fit; undefined where none is wanted. Throws `bad-schema` where it is none. */
export function wantedSchema({ jsonSchema }: Pick<Sampling, 'jsonSchema'>): JsonSchema | undefined {
  if (jsonSchema === undefined) return undefined
  const read = readJsonSchema(jsonSchema)
  if ('problem' in read) throw new EngineError('bad-schema', read.problem)
  return read.schema
}
