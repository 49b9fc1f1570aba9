import { describe, expect, it } from 'vitest'
import { type JsonSchema, misfit } from '#shared/json-schema.ts'
import { schemaGrammar } from './schema-grammar.ts'
import { grammarAccepts } from './testing/grammar-accepts.ts'

const person: JsonSchema = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer' }, 'a "b"': { enum: ['x\n', 2] } },
  required: ['age'],
}
const accepts = (schema: JsonSchema, text: string) => grammarAccepts(schemaGrammar(schema), text)

describe('[E80] the grammar of a schema', () => {
  it.each([
    '{"name":"Ada","age":3,"a \\"b\\"":"x\\n"}',
    '{"name": "Ada", "age": 3}',
    '{"age":-12,"a \\"b\\"":2}',
    '{"age":0}',
    '{"name":"\\u00e9 😀","age":1}',
  ])('takes %s', (text) => {
    expect(accepts(person, text)).toBe(true)
    expect(misfit(person, JSON.parse(text))).toBeUndefined()
  })

  it.each([
    '{}',
    '{"age":1.5}',
    '{"age":1,"name":"Ada"}',
    '{"age":1,}',
    '{"age":01}',
    '{"age":1,"x":2}',
    '{"age":1}}',
    '{"age":"1"}',
  ])('takes no %s', (text) => expect(accepts(person, text)).toBe(false))

  it('bounds lists and texts, and lets what is free be any JSON', () => {
    const list: JsonSchema = { type: 'array', items: { type: 'boolean' }, minItems: 1, maxItems: 2 }
    expect(['[]', '[true]', '[true, false]', '[true,true,true]'].map((text) => accepts(list, text))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(['"a"', '"abc"', '"abcd"'].map((text) => accepts({ type: 'string', minLength: 2, maxLength: 3 }, text))).toEqual([
      false,
      true,
      false,
    ])
    for (const text of ['null', '[1, {"a": []}]', '"x"', '-1.5e+3']) expect(accepts({}, text), text).toBe(true)
    expect(accepts({ const: { a: [1] } }, '{"a":[1]}')).toBe(true)
    expect(accepts({ type: 'array', maxItems: 0 }, '[]')).toBe(true)
    expect(accepts({ anyOf: [{ type: 'null' }, { type: 'boolean' }] }, 'true')).toBe(true)
  })
})
