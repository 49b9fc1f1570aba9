import { expect, it } from 'vitest'
import { recoveryNotice } from './recovery-notice.ts'

const recovery = { conversations: 1, messages: 1200, upTo: Date.UTC(2026, 0, 1, 12), whole: true }

it('tells what came back, and whether all of it did', () => {
  const whole = recoveryNotice(recovery)
  expect(whole.text).toContain('1 conversation with 1,200 messages came back')
  expect(whole.text).toContain('1 January 2026')
  expect(whole.detail).toContain('Every message')
  expect(recoveryNotice({ ...recovery, whole: false }).detail).toContain('some messages are missing')
})
