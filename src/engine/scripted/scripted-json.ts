import type { JsonSchema, JsonType } from '#shared/json-schema.ts'

/** A value that fits a schema, the smallest that has every property: what the script writes where it is held to one. */
export function scriptedJson(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.anyOf?.[0]) return scriptedJson(schema.anyOf[0])
  const [type = 'object'] = [schema.type ?? []].flat() as JsonType[]
  const { minItems = 1, maxItems = 1, items = {}, minLength = 0, maxLength = 4, properties = {} } = schema
  if (type === 'string') return 'text'.repeat(Math.ceil(Math.max(1, minLength) / 4)).slice(0, Math.max(minLength, maxLength))
  if (type === 'array') return Array.from({ length: Math.max(minItems, Math.min(1, maxItems)) }, () => scriptedJson(items))
  if (type === 'object') return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, scriptedJson(one)]))
  return type === 'boolean' ? true : type === 'null' ? null : 7
}
