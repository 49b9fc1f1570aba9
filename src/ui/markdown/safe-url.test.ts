import { expect, test } from 'vitest'
import { hostOf, safeUrl } from './safe-url.ts'

test.each(['https://example.com/a?b=c', 'http://127.0.0.1:9/x', 'mailto:a@b.example'])('%s is a link', (address) => {
  expect(safeUrl(address)).toBe(new URL(address).href)
})

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'blob:https://example.com/x',
  'file:///etc/passwd',
  '//evil.example/x',
  '/relative',
  '#fragment',
  '',
])('%j is only text', (address) => {
  expect(safeUrl(address)).toBeUndefined()
})

test('the host is what a person should look at', () => {
  expect(hostOf('https://good.example@evil.example/good.example')).toBe('evil.example')
  expect(hostOf('mailto:a@b.example')).toBe('mailto')
})
