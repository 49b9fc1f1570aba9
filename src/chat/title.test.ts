import { expect, it } from 'vitest'
import { acceptTitle } from './model-title.ts'
import { titleFromText } from './title.ts'

it('takes the first sentence, or the first seven words', () => {
  expect(titleFromText('Hello there. How are you?')).toBe('Hello there')
  expect(titleFromText('one two three four five six seven eight nine')).toBe('one two three four five six seven…')
  expect(titleFromText('# Heading\nbody')).toBe('Heading')
  expect(titleFromText('  \n ')).toBe('New chat')
})

const said = [
  {
    id: 'msg:1',
    conversationId: 'conv:1',
    role: 'user',
    text: 'Plan a trip to Ghent by train',
    createdAt: 0,
    status: 'complete',
  },
] as const

it('accepts a model’s title only when it speaks of what was said', () => {
  expect(acceptTitle(' "Train trip to Ghent"\nmore', said)).toBe('Train trip to Ghent')
  expect(acceptTitle('Delicious pancake recipes', said)).toBeUndefined()
  expect(acceptTitle('Ghent', said)).toBeUndefined()
  expect(acceptTitle('a very long title that goes on and on about Ghent and trains forever', said)).toBeUndefined()
})
