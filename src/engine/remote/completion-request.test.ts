import { expect, it } from 'vitest'
import { schemaGrammar } from '#engine/json/schema-grammar.ts'
import { messagesRequest, tokensRequest } from './completion-request.ts'

const schema = { type: 'object' }
const sampling = { temperature: 1, topP: 1, seed: 1, maxOutputTokens: 9, jsonSchema: JSON.stringify(schema) }
const { jsonSchema: _none, ...free } = sampling
const asked = (which: typeof sampling | typeof free) => ({
  model: 'm',
  request: { sampling: which, stop: [] },
  maxOutputTokens: 9,
})

it('[E80] asks a server for JSON in the words of its protocol, and for none where none is wanted', () => {
  const { body } = messagesRequest(asked(sampling), [{ role: 'user', text: 'Hi' }])
  expect(body).toMatchObject({ response_format: { type: 'json_schema', json_schema: { name: 'reply', schema, strict: true } } })
  expect(body).not.toHaveProperty('json_schema')
  expect(tokensRequest(asked(sampling), [1]).body).toMatchObject({
    json_schema: schema,
    grammar: schemaGrammar({ type: 'object' }),
  })
  expect(messagesRequest(asked(free), []).body).not.toHaveProperty('response_format')
  expect(tokensRequest(asked(free), [1]).body).not.toHaveProperty('json_schema')
})

it('[E81] sends nothing for what is no schema', () => {
  expect(() => messagesRequest(asked({ ...sampling, jsonSchema: '{"type":"x"}' }), [])).toThrow(/type "x"/)
})
