import { describe, expect, it } from 'vitest'
import { isClaudeConversation, isClaudeProject, readClaudeConversation, readClaudeProject } from './claude.ts'
import { collectImport } from './imported.ts'

const place = { file: 'conversations.json', at: 'entry 1' }
const at = (second: number) => `2024-05-01T10:00:${String(second).padStart(2, '0')}.000000Z`
const ms = (second: number) => Date.UTC(2024, 4, 1, 10, 0, second)

describe('Claude export', () => {
  it('reads blocks, names files and keeps branches where messages name the one before', () => {
    const value = {
      uuid: 'c1',
      name: '',
      created_at: at(0),
      chat_messages: [
        {
          uuid: 'a',
          sender: 'human',
          text: 'Read this',
          content: [{ type: 'text', text: 'Read this' }],
          created_at: at(1),
          attachments: [{ file_name: 'paste.txt', extracted_content: 'long words' }],
          files: [{ file_name: 'cat.png' }],
        },
        {
          uuid: 'b',
          sender: 'assistant',
          text: 'This block is not supported.',
          content: [{ type: 'thinking', thinking: 'hm' }, { type: 'tool_use' }, { type: 'text', text: 'Done' }],
          created_at: at(2),
          parent_message_uuid: 'a',
        },
        { uuid: 'b2', sender: 'assistant', text: 'Again', created_at: at(9), parent_message_uuid: 'a' },
        { uuid: 'c', sender: 'human', text: 'Thanks', created_at: at(5), parent_message_uuid: 'b' },
        { uuid: 'd', sender: 'assistant', text: '', created_at: at(6), parent_message_uuid: 'c' },
      ],
    }
    expect(isClaudeConversation(value)).toBe(true)
    const intake = collectImport()
    readClaudeConversation(value, place, intake)
    expect(intake.problems).toEqual([])
    expect(intake.conversations).toEqual([
      {
        key: 'claude/c1',
        title: 'Read this',
        headKey: 'claude/c1/b2',
        messages: [
          { key: 'claude/c1/a', role: 'user', text: 'Read this\n\n[file: paste.txt]\nlong words\n\n[file: cat.png]', at: ms(1) },
          { key: 'claude/c1/b', parentKey: 'claude/c1/a', role: 'assistant', text: 'Done', at: ms(2) },
          { key: 'claude/c1/c', parentKey: 'claude/c1/b', role: 'user', text: 'Thanks', at: ms(5) },
          { key: 'claude/c1/b2', parentKey: 'claude/c1/a', role: 'assistant', text: 'Again', at: ms(9) },
        ],
      },
    ])
    expect(intake.skipped).toEqual({ 'thoughts of the model': 1, 'messages to and of tools': 1, 'empty messages': 1 })
  })

  it('takes messages in order where none names the one before, and tells of what is broken', () => {
    const intake = collectImport()
    const messages = [
      { uuid: 'a', sender: 'human', text: 'One', created_at: at(1) },
      { uuid: 'a', sender: 'human', text: 'One again', created_at: at(1) },
      { uuid: 'b', sender: 'robot', text: 'x' },
      { uuid: 'c', sender: 'assistant', text: 'Two' },
    ]
    readClaudeConversation({ uuid: 'c1', name: 'Counting', chat_messages: messages }, place, intake)
    readClaudeConversation({ uuid: 'c2', chat_messages: [{ uuid: 'a', sender: 'human', text: 'x' }] }, place, intake)
    readClaudeConversation({ uuid: 'c3', chat_messages: {} }, place, intake)
    expect(intake.conversations.map(({ messages }) => messages.map(({ text, parentKey, at }) => [text, parentKey, at]))).toEqual([
      [
        ['One', undefined, ms(1)],
        ['Two', 'claude/c1/a', ms(1)],
      ],
    ])
    expect(intake.problems.map(({ why }) => why)).toEqual([
      'message a stands twice',
      'sender is not of a known form',
      'has no time',
      'chat_messages is no array',
    ])
    expect(intake.skipped).toEqual({ 'conversations without a message': 1 })
  })

  it('takes a project’s instructions and documents as what the user said', () => {
    const value = {
      uuid: 'p1',
      name: 'Garden',
      created_at: at(0),
      prompt_template: 'Speak of plants.',
      docs: [{ uuid: 'd1', filename: 'plan.md', content: 'Tomatoes', created_at: at(5) }, { uuid: 'd2' }],
    }
    expect(isClaudeProject(value)).toBe(true)
    const intake = collectImport()
    readClaudeProject(value, place, intake)
    readClaudeProject({ uuid: 'p2', name: 'Empty', created_at: at(0) }, place, intake)
    expect(intake.conversations.map(({ title, messages }) => [title, messages.map(({ text }) => text)])).toEqual([
      ['Project Garden', ['Speak of plants.', '[file: plan.md]\nTomatoes']],
    ])
    expect(intake.problems.map(({ at, why }) => `${at}: ${why}`)).toEqual(['entry 1, document 2: filename is no string'])
    expect(intake.skipped).toEqual({ 'projects without content': 1 })
  })
})
