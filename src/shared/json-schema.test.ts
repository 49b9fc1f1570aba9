import { describe, expect, it } from 'vitest'
import { misfit, readJsonSchema, replyMisfit } from './json-schema.ts'

const problemOf = (schema: unknown) => {
  const read = readJsonSchema(typeof schema === 'string' ? schema : JSON.stringify(schema))
  return 'problem' in read ? read.problem : undefined
}

describe('[E81] a schema is checked before anything is sent', () => {
  it('takes what replies can be held to, with titles and descriptions', () => {
    expect(
      problemOf({ $schema: 'x', title: 'A', type: 'object', properties: { a: { type: ['string', 'null'] } } }),
    ).toBeUndefined()
    expect(problemOf({})).toBeUndefined()
  })

  it.each(
    [
      ['{"a": ', /^This is not JSON/],
      [[], /has to be an object/],
      [{ type: 'text' }, /the type "text"; there are object/],
      [{ pattern: '^a' }, /says “pattern”/],
      [{ properties: { a: { format: 'date' } } }, /“a” says “format”/],
      [{ items: { $ref: '#' } }, /“items” of the schema says “\$ref”/],
      [{ required: ['b'], properties: { a: {} } }, /requires “b”, which is not among its properties/],
      [{ enum: [] }, /“enum” of the schema/],
      [{ anyOf: [{ type: 'object' }, { minLength: -1 }] }, /“minLength” of choice 2 of the schema has to be/],
      [{ type: 'object', anyOf: [{ type: 'null' }] }, /says “type” beside “anyOf”/],
      [{ maxItems: 2000 }, /from 0 to 1000/],
    ].map(([schema, words]) => [schema, words] as [unknown, RegExp]),
  )('refuses %j and says where', (schema, words) => {
    expect(problemOf(schema)).toMatch(words)
  })
})

describe('[E82] whether a reply fits a schema', () => {
  const schema = {
    type: 'object',
    properties: { n: { type: 'integer' }, tags: { type: 'array', items: { type: 'string', maxLength: 2 }, maxItems: 2 } },
    required: ['n'],
    additionalProperties: false,
  } as const

  it.each([
    [{ n: 1 }, undefined],
    [{ n: 1, tags: ['a', 'b'] }, undefined],
    [{ n: 1.5 }, '“n” is not of type integer'],
    [{ tags: [] }, 'the reply lacks “n”'],
    [{ n: 1, x: 2 }, 'the reply has “x”, which is not allowed'],
    [{ n: 1, tags: ['abc'] }, 'an entry of “tags” has 3 characters'],
    [{ n: 1, tags: ['a', 'b', 'c'] }, '“tags” has 3 entries'],
    [[1], 'the reply is not of type object'],
  ] as const)('%j: %s', (value, words) => expect(misfit(schema, value)).toBe(words))

  it('knows constants, choices and texts that are cut off', () => {
    expect(misfit({ const: 'a' }, 'a')).toBeUndefined()
    expect(misfit({ enum: [1, null] }, 2)).toMatch(/none of the values/)
    expect(misfit({ anyOf: [{ type: 'null' }, { type: 'string' }] }, 3)).toMatch(/none of its choices/)
    expect(replyMisfit('{"type":"object"}', '{"a": 1')).toBe('the reply is not whole JSON')
    expect(replyMisfit('{"type":"object"}', '{"a": 1}')).toBeUndefined()
  })
})
