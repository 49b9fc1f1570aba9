import { expect, test } from 'vitest'
import { hasMath, markMath } from './mark-math.ts'

test.each([
  ['inline in brackets', 'so \\(a+b\\) holds', 'so $$a+b$$ holds'],
  ['inline in dollars', 'so $a+b$ holds', 'so $$a+b$$ holds'],
  ['display alone', '$$\\frac12$$', '$$\n\\frac12\n$$'],
  ['display in brackets', 'thus\\[x = 1\\]end', 'thus\n$$\nx = 1\n$$\nend'],
  ['display in a list item', '- \\[x\\]', '- \n  $$\n  x\n  $$\n'],
  ['prices', 'from $5 to $10, or $5-$10', 'from $5 to $10, or $5-$10'],
  ['an escaped dollar', 'only \\$5 and \\$6', 'only \\$5 and \\$6'],
  ['code', 'run `echo $a$` now', 'run `echo $a$` now'],
  ['fenced code', '```\n$a$\n```', '```\n$a$\n```'],
])('%s', (_name, text, marked) => {
  expect(markMath(text)).toBe(marked)
})

test('tells blocks with math from others', () => {
  expect(hasMath(markMath('so $a$'))).toBe(true)
  expect(hasMath(markMath('from $5 to $10'))).toBe(false)
})
