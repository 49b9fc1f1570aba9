import { expect, test } from 'vitest'
import type { Message } from '#chat/message.ts'
import type { Manifest, ManifestItem } from '#context/manifest.ts'
import type { MessageId } from '#shared/ids.ts'
import { windowStart } from './window-start.ts'

const messages = [0, 1, 2, 3, 4].map(
  (n): Message => ({
    id: `msg:${n}`,
    conversationId: 'conv:0',
    role: n % 2 ? 'assistant' : 'user',
    text: '',
    createdAt: n,
    status: 'complete',
  }),
)

function item(messageId: MessageId): ManifestItem {
  return {
    ref: 'T1',
    kind: 'message',
    key: messageId,
    text: '',
    tokens: 1,
    start: 0,
    part: 0,
    from: 0,
    to: 0,
    evidence: [],
    why: '',
    messageId,
  }
}

function manifest(mode: Manifest['mode'], first: number): Manifest {
  const section = (name: 'turns' | 'summary', items: readonly ManifestItem[]) => ({ name, tokens: 1, budgetTokens: 1, items })
  return {
    mode,
    sections: [
      section('summary', [{ ...item('msg:0'), memoryId: 'mem:1' }]),
      section(
        'turns',
        messages.slice(first).map(({ id }) => item(id)),
      ),
    ],
  } as unknown as Manifest
}

test('the window starts at the first message that is in it as it was said', () => {
  expect(windowStart(manifest('assembled', 2), messages, true)).toEqual({ messageId: 'msg:2', summaryId: 'mem:1' })
})
test('no line where everything is in it', () => {
  expect(windowStart(manifest('everything-fits', 2), messages, true)).toBeUndefined()
  expect(windowStart(manifest('assembled', 0), messages, true)).toBeUndefined()
})
test('older messages that are not loaded are outside of it too', () => {
  expect(windowStart(manifest('assembled', 0), messages, false)?.messageId).toBe('msg:0')
})
