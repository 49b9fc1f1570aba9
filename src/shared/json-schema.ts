/**
 * The part of JSON Schema that a reply can be held to, and no more: what it does not know is refused and not left out, since
 * a reply would then look checked where it is not. Words from JSON Schema 2020-12 (json-schema.org/draft/2020-12).
 */
export type JsonSchema = {
  readonly type?: JsonType | readonly JsonType[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly JsonSchema[]
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  /** Only properties that are named are written, whatever this says. */
  readonly additionalProperties?: boolean
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
}

export const jsonTypes = ['object', 'array', 'string', 'number', 'integer', 'boolean', 'null'] as const
export type JsonType = (typeof jsonTypes)[number]

/** Words that say nothing of what fits. */
const silent = new Set(['$schema', '$id', 'title', 'description', 'examples', 'default', '$comment'])
const counts = ['minItems', 'maxItems', 'minLength', 'maxLength'] as const
const known = new Set<string>([
  'type',
  'enum',
  'const',
  'anyOf',
  'properties',
  'required',
  'additionalProperties',
  'items',
  ...counts,
])

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A schema from its text, or what is wrong with it and where. */
export function readJsonSchema(text: string): { readonly schema: JsonSchema } | { readonly problem: string } {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { problem: `This is not JSON: ${error instanceof Error ? error.message : error}` }
  }
  const problem = wrongIn(json, 'the schema', 0)
  return problem === undefined ? { schema: json as JsonSchema } : { problem: problem.replace(/^t/, 'T') }
}

const deepest = 32

function wrongIn(schema: unknown, at: string, depth: number): string | undefined {
  if (depth > deepest) return `${at} lies more than ${deepest} levels deep.`
  if (!isObject(schema)) return `${at} has to be an object, such as {"type": "object"}.`
  const strange = Object.keys(schema).find((key) => !known.has(key) && !silent.has(key))
  if (strange) return `${at} says “${strange}”, which replies cannot be held to here.`
  const { type, enum: values, anyOf, properties, required, additionalProperties, items } = schema
  const types = type === undefined ? [] : Array.isArray(type) ? type : [type]
  const oddType = types.find((name) => !(jsonTypes as readonly unknown[]).includes(name))
  if (oddType !== undefined) return `${at} has the type ${JSON.stringify(oddType)}; there are ${jsonTypes.join(', ')}.`
  if (values !== undefined && (!Array.isArray(values) || values.length === 0))
    return `“enum” of ${at} has to be a list of values.`
  if (additionalProperties !== undefined && typeof additionalProperties !== 'boolean')
    return `“additionalProperties” of ${at} has to be true or false.`
  for (const key of counts)
    if (schema[key] !== undefined && !isCount(schema[key])) return `“${key}” of ${at} has to be a whole number from 0 to 1000.`
  if (anyOf !== undefined && (!Array.isArray(anyOf) || anyOf.length === 0)) return `“anyOf” of ${at} has to be a list of schemas.`
  const beside = anyOf === undefined ? undefined : Object.keys(schema).find((key) => key !== 'anyOf' && known.has(key))
  if (beside !== undefined) return `${at} says “${beside}” beside “anyOf”: it has to stand in each choice.`
  if (properties !== undefined && !isObject(properties)) return `“properties” of ${at} has to be an object of schemas.`
  if (required !== undefined && (!Array.isArray(required) || required.some((name) => typeof name !== 'string')))
    return `“required” of ${at} has to be a list of names.`
  const missing = (required as readonly string[] | undefined)?.find((name) => !isObject(properties) || !(name in properties))
  if (missing !== undefined) return `${at} requires “${missing}”, which is not among its properties.`
  const within: readonly (readonly [string, unknown])[] = [
    ...((anyOf as readonly unknown[] | undefined) ?? []).map((one, index) => [`choice ${index + 1} of ${at}`, one] as const),
    ...Object.entries(properties ?? {}).map(([name, one]) => [`“${name}”`, one] as const),
    ...(items === undefined ? [] : [[`“items” of ${at}`, items] as const]),
  ]
  return firstOf(within, ([where, one]) => wrongIn(one, where, depth + 1))
}

const isCount = (value: unknown) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 1000

function firstOf<Item>(items: readonly Item[], problemOf: (item: Item) => string | undefined): string | undefined {
  for (const item of items) {
    const problem = problemOf(item)
    if (problem !== undefined) return problem
  }
  return undefined
}

/** What keeps a value from fitting a schema; undefined where it fits. */
export function misfit(schema: JsonSchema, value: unknown, at = 'the reply'): string | undefined {
  const { type, enum: values, anyOf, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = schema
  if (schema.const !== undefined && !same(schema.const, value)) return `${at} is not ${JSON.stringify(schema.const)}`
  if (values && !values.some((one) => same(one, value))) return `${at} is none of the values that are allowed`
  const types = type === undefined ? undefined : ([type].flat() as readonly JsonType[])
  if (types && !types.some((name) => isOf(name, value))) return `${at} is not of type ${types.join(' or ')}`
  if (anyOf?.every((one) => misfit(one, value) !== undefined)) return `${at} fits none of its choices`
  if (typeof value === 'string') {
    const length = [...value].length
    if (length < (schema.minLength ?? 0) || length > (schema.maxLength ?? length)) return `${at} has ${length} characters`
  }
  if (Array.isArray(value)) {
    if (value.length < minItems || value.length > maxItems) return `${at} has ${value.length} entries`
    const { items } = schema
    return items && firstOf(value, (entry) => misfit(items, entry, `an entry of ${at}`))
  }
  if (!isObject(value)) return undefined
  const { properties = {}, required = [] } = schema
  const missing = required.find((name) => !Object.hasOwn(value, name))
  if (missing !== undefined) return `${at} lacks “${missing}”`
  const extra = schema.additionalProperties === false && Object.keys(value).find((name) => !Object.hasOwn(properties, name))
  if (extra) return `${at} has “${extra}”, which is not allowed`
  return firstOf(Object.entries(properties), ([name, one]) =>
    Object.hasOwn(value, name) ? misfit(one, value[name], `“${name}”`) : undefined,
  )
}

function isOf(type: JsonType, value: unknown): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Whether a finished text is JSON that fits the text of a schema; words where it is not. */
export function replyMisfit(schemaText: string, reply: string): string | undefined {
  const read = readJsonSchema(schemaText)
  if ('problem' in read) return read.problem
  try {
    return misfit(read.schema, JSON.parse(reply))
  } catch {
    return 'the reply is not whole JSON'
  }
}
