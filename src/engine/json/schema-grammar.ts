import type { JsonSchema, JsonType } from '#shared/json-schema.ts'

/**
 * A grammar of the JSON texts that fit a schema, in the notation that llama.cpp (GBNF) and xgrammar (EBNF) share, so that both
 * engines are held to the same. Properties come in the order of the schema; white space is at most one space after a comma
 * or a colon, since a model that may write white space for ever sometimes does.
 */
export function schemaGrammar(schema: JsonSchema): string {
  const rules: string[] = []
  const add = (body: string): string => {
    const name = `r${rules.length}`
    rules.push(`${name} ::= ${body}`)
    return name
  }
  const root = ruleOf(schema, add)
  return [`root ::= ${root}`, ...rules, ...basics].join('\n')
}

type Add = (body: string) => string

const basics = [
  'value ::= object | array | string | number | boolean | null',
  'object ::= "{" (string ":" " "? value ("," " "? string ":" " "? value)*)? "}"',
  'array ::= "[" (value ("," " "? value)*)? "]"',
  'string ::= "\\"" char* "\\""',
  'char ::= [^"\\\\\\x00-\\x1F] | "\\\\" (["\\\\/bfnrt] | "u" hex hex hex hex)',
  'hex ::= [0-9a-fA-F]',
  'number ::= integer ("." [0-9]{1,15})? ([eE] [-+]? [0-9]{1,3})?',
  'integer ::= "-"? ("0" | [1-9] [0-9]{0,14})',
  'boolean ::= "true" | "false"',
  'null ::= "null"',
]

const anything: readonly JsonType[] = ['object', 'array', 'string', 'number', 'boolean', 'null']

function ruleOf(schema: JsonSchema, add: Add): string {
  if (schema.const !== undefined) return add(literal(JSON.stringify(schema.const)))
  if (schema.enum) return add(schema.enum.map((value) => literal(JSON.stringify(value))).join(' | '))
  if (schema.anyOf) return add(schema.anyOf.map((one) => ruleOf(one, add)).join(' | '))
  const types =
    schema.type === undefined ? (schema.properties ? ['object' as const] : anything) : ([schema.type].flat() as JsonType[])
  const names = types.map((type) => ofType(type, schema, add))
  return names.length === 1 && names[0] ? names[0] : add(names.join(' | '))
}

function ofType(type: JsonType, schema: JsonSchema, add: Add): string {
  const { minLength = 0, maxLength, minItems = 0, maxItems, items, properties } = schema
  if (type === 'string' && (minLength > 0 || maxLength !== undefined))
    return add(`"\\"" char{${minLength},${maxLength ?? ''}} "\\""`)
  if (type === 'array' && (items || minItems > 0 || maxItems !== undefined))
    return listOf(items ? ruleOf(items, add) : 'value', minItems, maxItems, add)
  return type === 'object' && properties ? objectOf(schema, add) : type
}

function listOf(item: string, least: number, most: number | undefined, add: Add): string {
  if (most === 0) return add('"[]"')
  const more = `("," " "? ${item}){${Math.max(0, least - 1)},${most === undefined ? '' : most - 1}}`
  return add(least === 0 ? `"[" (${item} ${more})? "]"` : `"[" ${item} ${more} "]"`)
}

/** Built from the last property to the first; after each it matters only whether something was written before. */
function objectOf({ properties = {}, required = [] }: JsonSchema, add: Add): string {
  let first = add('"}"')
  let later = first
  for (const [name, schema] of Object.entries(properties).toReversed()) {
    const pair = `${literal(JSON.stringify(name))} ":" " "? ${ruleOf(schema, add)}`
    const optional = !required.includes(name)
    const [begins, goesOn] = [`${pair} ${later}`, `"," " "? ${pair} ${later}`]
    const nextFirst = add(optional ? `${begins} | ${first}` : begins)
    later = add(optional ? `${goesOn} | ${later}` : goesOn)
    first = nextFirst
  }
  return add(`"{" ${first}`)
}

/** A text as the grammar quotes it. */
const literal = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
