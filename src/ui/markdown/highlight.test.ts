import { expect, test } from 'vitest'
import { highlight } from './highlight.ts'
import { parseHighlight } from './parse-highlight.ts'

const nasty = 'let a = "<img src=x onerror=\'alert(1)\'>" // & </span><script>\nif (a < 1 && b > 2) { return `x` }\n'

test.each(['js', 'ts', 'python', 'html', 'rust', 'bash', 'json'])(
  '%s: the runs joined are the code, whatever it holds',
  (language) => {
    const runs = highlight(nasty, language)
    expect(runs?.map(({ text }) => text).join('')).toBe(nasty)
  },
)

test('a language that is not known is left plain', () => {
  expect(highlight('x', 'klingon')).toBeUndefined()
})

test('nested spans keep all their classes', () => {
  expect(parseHighlight('<span class="hljs-a">1<span class="hljs-b">2</span></span>3')).toEqual([
    { text: '1', className: 'hljs-a' },
    { text: '2', className: 'hljs-a hljs-b' },
    { text: '3', className: '' },
  ])
})
