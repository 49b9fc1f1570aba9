import { describe, expect, it } from 'vitest'
import { isChatGptConversation, readChatGptConversation } from './chatgpt.ts'
import { collectImport } from './imported.ts'
import { chatGptConversation, chatGptMessage } from './testing/sample-exports.ts'

const place = { file: 'conversations.json', at: 'entry 1' }
const start = Date.UTC(2024, 0, 1)

function read(value: unknown) {
  const intake = collectImport()
  readChatGptConversation(value, place, intake)
  return intake
}

describe('ChatGPT export', () => {
  it('makes versions of edited and regenerated messages and keeps the branch that was shown', () => {
    const value = chatGptConversation(
      'c1',
      {
        root: { parent: null, message: null },
        a: { parent: 'root', message: chatGptMessage('user', 'Hello', 0) },
        b: { parent: 'a', message: chatGptMessage('assistant', 'Hi', 5) },
        b2: { parent: 'a', message: chatGptMessage('assistant', 'Good day', 9) },
        c: { parent: 'b', message: chatGptMessage('user', 'Tell me more', 20) },
      },
      { current_node: 'b2' },
    )
    expect(isChatGptConversation(value)).toBe(true)
    const { conversations, problems } = read(value)
    expect(problems).toEqual([])
    expect(conversations).toEqual([
      {
        key: 'chatgpt/c1',
        title: 'Chat c1',
        headKey: 'chatgpt/c1/b2',
        messages: [
          { key: 'chatgpt/c1/a', role: 'user', text: 'Hello', at: start },
          { key: 'chatgpt/c1/b', parentKey: 'chatgpt/c1/a', role: 'assistant', text: 'Hi', at: start + 5000 },
          { key: 'chatgpt/c1/c', parentKey: 'chatgpt/c1/b', role: 'user', text: 'Tell me more', at: start + 20_000 },
          { key: 'chatgpt/c1/b2', parentKey: 'chatgpt/c1/a', role: 'assistant', text: 'Good day', at: start + 9000 },
        ],
      },
    ])
  })

  it('leaves out what people did not see, counts it, and ties the others together', () => {
    const hidden = { metadata: { is_visually_hidden_from_conversation: true } }
    const { conversations, skipped, memories } = read(
      chatGptConversation(
        'c1',
        {
          s: { parent: null, message: chatGptMessage('system', '', 0) },
          h: { parent: 's', message: chatGptMessage('user', 'About me', 0, hidden) },
          m: {
            parent: 'h',
            message: chatGptMessage('tool', '', 0, {
              content: {
                content_type: 'model_editable_context',
                model_set_context: '1. [2023-12-24]. Has a cat.\n2. Lives in Ghent.',
              },
            }),
          },
          a: { parent: 'm', message: chatGptMessage('user', [{ content_type: 'image_asset_pointer' }, 'What is this?'], 1) },
          t: { parent: 'a', message: chatGptMessage('assistant', 'search("cat")', 2, { recipient: 'browser' }) },
          r: { parent: 't', message: chatGptMessage('tool', 'results', 3) },
          x: { parent: 'r', message: chatGptMessage('assistant', '', 4, { content: { content_type: 'thoughts' } }) },
          e: { parent: 'x', message: chatGptMessage('assistant', ' ', 4) },
          b: { parent: 'e', message: chatGptMessage('assistant', 'A cat.', 5, { create_time: null }) },
        },
        { title: null, current_node: 'b' },
      ),
    )
    expect(conversations[0]?.title).toBe('[image]'.replace(/[[\]]/g, ''))
    expect(conversations[0]?.messages).toEqual([
      { key: 'chatgpt/c1/a', role: 'user', text: '[image]\n\nWhat is this?', at: start + 1000 },
      { key: 'chatgpt/c1/b', parentKey: 'chatgpt/c1/a', role: 'assistant', text: 'A cat.', at: start + 4000 },
    ])
    expect(skipped).toEqual({
      'messages of the system': 2,
      'hidden messages': 1,
      'messages to tools': 1,
      'messages of tools': 1,
      'thoughts of the model': 1,
      'empty messages': 1,
    })
    expect(memories.map(({ text, at, by }) => [text, at, by])).toEqual([
      ['Has a cat.', Date.UTC(2023, 11, 24), 'ChatGPT'],
      ['Lives in Ghent.', start, 'ChatGPT'],
    ])
  })

  it('tells of what is broken and takes the rest', () => {
    const { conversations, problems } = read(
      chatGptConversation('c1', {
        a: { parent: 'nowhere', message: chatGptMessage('user', 'Still here', 0) },
        b: { parent: 'c', message: chatGptMessage('user', 'x', 0) },
        c: { parent: 'b', message: chatGptMessage('user', 'y', 0) },
        d: { parent: 'a', message: { author: 'me' } },
      }),
    )
    expect(conversations[0]?.messages.map(({ text }) => text)).toEqual(['Still here'])
    expect(problems.map(({ at, why }) => `${at}: ${why}`)).toEqual([
      'entry 1, message d: author is no object',
      'entry 1: 2 of its messages are their own ancestors',
    ])
    expect(read({ mapping: [] }).problems).toEqual([{ ...place, why: 'mapping is no record' }])
    expect(read(chatGptConversation('c1', {})).skipped).toEqual({ 'conversations without a message': 1 })
  })
})
