import { describe, expect, it } from 'vitest'
import { ownLengthHint, ownLengthsLine } from './longest-reply-words.ts'

const models = [
  { id: 'small', name: 'Small' },
  { id: 'large', name: 'Large' },
]

describe('[E105] the longest reply for all', () => {
  it('names the models that have their own, and counts those that are not at hand', () => {
    const sampling = { small: { maxOutputTokens: 300 }, large: { temperature: 1 }, gone: { maxOutputTokens: 2000 } }
    expect(ownLengthsLine({ sampling }, models)).toBe('With their own: Small (300), 1 model not in use now.')
  })

  it('holds for all where none has its own, or only one that is out of bounds', () => {
    expect(ownLengthsLine({ sampling: {} }, models)).toBeUndefined()
    expect(ownLengthsLine({ sampling: { small: { maxOutputTokens: 3 } } }, models)).toBeUndefined()
  })

  it('says of a model when its window allows less', () => {
    expect(ownLengthHint(2000, 2048)).toContain('most: 1,024')
    expect(ownLengthHint(1000, 2048)).toContain('instead of the one above')
    expect(ownLengthHint(2000, undefined)).toContain('instead of the one above')
  })
})
