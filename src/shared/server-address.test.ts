import { describe, expect, it } from 'vitest'
import { isServerAddress, parseServerAddress } from './server-address.ts'

const address = (typed: string) => {
  const parsed = parseServerAddress(typed)
  return 'address' in parsed ? parsed.address : parsed.bad
}

describe('parseServerAddress', () => {
  it.each([
    ['http://localhost:8080', 'http://localhost:8080/'],
    ['localhost:11434', 'http://localhost:11434/'],
    [' 192.168.1.5:8000/v1/ ', 'http://192.168.1.5:8000/'],
    ['https://Box.Example/llm/v1', 'https://box.example/llm/'],
    ['http://127.0.0.1:80/', 'http://127.0.0.1/'],
    ['https://müller.example', 'https://xn--mller-kva.example/'],
  ])('takes %s', (typed, wanted) => {
    expect(address(typed)).toBe(wanted)
    expect(isServerAddress(wanted)).toBe(true)
  })

  it.each([
    ['', 'not-an-address'],
    ['http://', 'not-an-address'],
    ['ftp://host/', 'not-web'],
    ['javascript://host/%0aalert(1)', 'not-web'],
    ['http://user:secret@host/', 'with-credentials'],
    ['http://host/?key=1', 'with-credentials'],
    ['http://*/', 'odd-host'],
    ['http://*.example.org/', 'odd-host'],
    ['http://[::1]:8080/', 'odd-host'],
    ["http://a' 'unsafe-inline/", 'not-an-address'],
    ['http://host/a;b', 'odd-path'],
    ['http://host/a%20b', 'odd-path'],
    ['http://host/a,b', 'odd-path'],
  ])('refuses %s', (typed, why) => {
    expect(address(typed)).toBe(why)
  })

  it('knows its own form and no other', () => {
    for (const text of ['http://host', 'http://host/v', 'http://host/; script-src *', 'http://*:80/', 'HTTP://host/', ''])
      expect(isServerAddress(text)).toBe(false)
  })
})
