import { describe, expect, it } from 'vitest'
import { lastManifest, ready } from './longhand.fixture.ts'

const schema = '{"type":"object","properties":{"answer":{"type":"string"}},"required":["answer"]}'

describe('replies as JSON', () => {
  it('[C60] holds the replies of one chat to its schema, says so in the receipt, and leaves the prompt as it is', async () => {
    const longhand = await ready()
    expect(await longhand.say('Hello')).not.toMatch(/^\{/)
    const before = await lastManifest(longhand)
    expect(before.sampling.jsonSchema).toBeUndefined()
    const id = longhand.state().open?.conversation.id
    if (!id) throw new Error('no conversation')
    await longhand.actions.setJson(id, schema)
    expect(JSON.parse(await longhand.say('And now?'))).toEqual({ answer: 'text' })
    const after = await lastManifest(longhand)
    expect(after.sampling.jsonSchema).toBe(schema)
    expect(after.epoch.id).toBe(before.epoch.id)
    await longhand.actions.setJson(id, '')
    expect(await longhand.say('Free again?')).not.toMatch(/^\{/)
  })

  it('[C61] refuses what is no schema, and an engine that cannot, before anything is sent', async () => {
    const longhand = await ready({ script: { json: false } })
    await longhand.say('Hello')
    const id = longhand.state().open?.conversation.id
    if (!id) throw new Error('no conversation')
    await longhand.actions.setJson(id, '{"type": "prose"}')
    await longhand.say('One')
    expect(longhand.state().turnProblem?.problem).toMatchObject({ type: 'engine/bad-schema' })
    longhand.actions.dismissTurnProblem()
    await longhand.actions.setJson(id, schema)
    await longhand.say('Two')
    expect(longhand.state().turnProblem?.problem).toMatchObject({ type: 'engine/cannot-constrain' })
    // The questions are on disk, unanswered, and no reply stands there.
    expect(longhand.state().open?.messages.filter(({ role }) => role === 'assistant')).toHaveLength(1)
    expect(longhand.state().engine.type).toBe('ready')
  })
})
