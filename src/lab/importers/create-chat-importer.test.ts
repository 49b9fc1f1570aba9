import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { type ChatBatch, ImportError, type ReadRequest } from '#ports/chat-importer.ts'
import { createChatImporter } from './create-chat-importer.ts'
import { chatGptConversation, chatGptMessage, plainChatGpt } from './testing/sample-exports.ts'
import { writeZip } from './testing/write-zip.ts'

const never = new AbortController().signal
const file = (name: string, content: string | Uint8Array<ArrayBuffer>) => new File([content], name, { lastModified: 5000 })
const request = (...files: File[]): ReadRequest => ({ files, now: 9000, forgotten: [] })

function look(...files: File[]) {
  return createChatImporter().look(request(...files), () => {}, never)
}

async function readAll(files: File[], over: Partial<ReadRequest> = {}): Promise<ChatBatch[]> {
  const importer = createChatImporter()
  const given = { ...request(...files), ...over }
  const { conversations } = await importer.look(given, () => {}, never)
  const batches: ChatBatch[] = []
  const wanted = conversations.map(({ id }) => id)
  await importer.read(
    { ...given, wanted },
    async (batch) => void batches.push(batch),
    () => {},
    never,
  )
  return batches
}

const two = JSON.stringify([plainChatGpt('a', 2), plainChatGpt('b', 1)], undefined, 1)
const claude = JSON.stringify([
  { uuid: 'c', name: 'C', chat_messages: [{ uuid: 'm', sender: 'human', text: 'Hi', created_at: '2025-02-01T00:00:00Z' }] },
])

describe('looking into files', () => {
  it.each([
    ['plain', file('conversations.json', two)],
    ['gzip', file('conversations.json.gz', new Uint8Array(gzipSync(two)))],
    ['zip', file('export.zip', writeZip({ 'chat.html': '<p>', 'conversations.json': two }))],
    ['stored zip', file('export.zip', writeZip({ 'folder/conversations-000.json': two }, 0))],
    ['lines', file('chats.jsonl', `${JSON.stringify(plainChatGpt('a', 2))}\n${JSON.stringify(plainChatGpt('b', 1))}\n`)],
  ])('tells what is in it: %s', async (_, chosen) => {
    const progress: number[] = []
    const { conversations, problemCount } = await createChatImporter().look(
      request(chosen),
      ({ bytes, totalBytes }) => progress.push(bytes / totalBytes),
      never,
    )
    expect(problemCount).toBe(0)
    expect(conversations.map(({ title, group, messages }) => [title, group, messages])).toEqual([
      ['Chat a', 'ChatGPT 2024', 4],
      ['Chat b', 'ChatGPT 2024', 2],
    ])
    expect(progress.at(-1)).toBe(1)
  })

  it('reads several files at once, and memories as facts with their evidence', async () => {
    const archive = file(
      'claude.zip',
      writeZip({ 'conversations.json': claude, 'memories.json': '[{"conversations_memory":"Has a cat."}]', 'users.json': '[]' }),
    )
    const pasted = file('memory.txt', 'Lives in Ghent.')
    const found = await look(archive, pasted, file('conversations.json', two))
    expect(found.conversations.map(({ title, group }) => `${title}: ${group}`).sort()).toEqual([
      'C: Claude 2025',
      'Chat a: ChatGPT 2024',
      'Chat b: ChatGPT 2024',
      'What Claude remembered: Memories',
      'What Notes remembered: Memories',
    ])
    const batches = await readAll([archive, pasted])
    const ops = batches.flatMap((batch) => batch.ops)
    expect(ops.map((op) => (op.type === 'add' ? [op.memory.text, op.memory.kind, op.cause.type] : []))).toEqual([
      ['Has a cat.', 'fact', 'import'],
      ['Lives in Ghent.', 'fact', 'import'],
    ])
    const messages = batches.flatMap(({ conversations }) => conversations.flatMap((each) => each.messages))
    for (const op of ops)
      if (op.type === 'add')
        for (const { messageId, from, to } of op.memory.evidence)
          expect(messages.find(({ id }) => id === messageId)?.text.slice(from, to)).toBe(op.memory.text)
  })

  it('reads the two files of the compact LongMemEval in any order', async () => {
    const questions = {
      question_id: 'q',
      question_type: 't',
      question: 'q?',
      question_date: '2023/05/30 (Tue) 21:35',
      haystack_dates: ['2023/05/20 (Sat) 06:37'],
      haystack_session_ids: ['s'],
    }
    const { conversations, skipped } = await look(
      file('dev_questions.jsonl', JSON.stringify(questions)),
      file('dev_sessions.jsonl', '["s", [["u", "Hello"], ["a", "Hi"]]]'),
    )
    expect(conversations).toMatchObject([{ title: 'Hello', group: 'LongMemEval 2023', messages: 2 }])
    expect(skipped).toEqual({ 'questions of a data set': 1 })
  })

  it('tells of damaged entries, of what stands twice, and of files of no known format', async () => {
    const damaged = `[${JSON.stringify(plainChatGpt('a', 1))}, {"mapping": oops}, ${JSON.stringify(plainChatGpt('a', 1))}, {"mapping"`
    const { conversations, problems } = await look(file('conversations.json', damaged), file('photo.json', '{"width": 3}'))
    expect(conversations).toHaveLength(1)
    expect(problems.map(({ file, at, why }) => `${file} ${at}: ${why.slice(0, 30)}`)).toEqual([
      'conversations.json entry 2: is no JSON: cut off or damaged',
      ' Chat a: stands twice in the files; the',
      'conversations.json entry 4: is no JSON: cut off or damaged',
      'photo.json the whole file: is of no format that is known ',
    ])
  })

  it('says what is wrong with an archive or a packed file', async () => {
    const whole = writeZip({ 'conversations.json': two })
    await expect(look(file('a.zip', writeZip({ 'photo.png': 'x' })))).rejects.toThrow(/holds no conversations.json/)
    await expect(look(file('a.zip', whole.slice(0, 200)))).rejects.toThrow(ImportError)
    await expect(look(file('a.json.gz', new Uint8Array(gzipSync(two)).slice(0, 60)))).rejects.toThrow(/damaged or cut off/)
  })

  it('stops when it is cancelled', async () => {
    const abort = new AbortController()
    abort.abort()
    const looking = createChatImporter().look(request(file('conversations.json', two)), () => {}, abort.signal)
    await expect(looking).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }))
  })
})

describe('reading', () => {
  it('hands over small batches in order, long conversations in pieces, only what is wanted', async () => {
    const files = [file('conversations.json', JSON.stringify([plainChatGpt('long', 100), plainChatGpt('b', 1)]))]
    const batches = await readAll(files)
    expect(batches.map(({ conversations }) => conversations.map(({ messages }) => messages.length))).toEqual([[160], [40, 2]])
    const importer = createChatImporter()
    const taken: string[] = []
    const { conversations } = await importer.look(request(...files), () => {}, never)
    const wanted = conversations.slice(1).map(({ id }) => id)
    const take = async ({ conversations }: ChatBatch) =>
      void taken.push(...conversations.map(({ conversation }) => conversation.title))
    await importer.read({ ...request(...files), wanted }, take, () => {}, never)
    expect(taken).toEqual(['Chat b'])
  })

  it('gives the same ids every time, and others beside those that were forgotten', async () => {
    const files = [file('conversations.json', two)]
    const ids = (batches: ChatBatch[]) =>
      batches.flatMap((batch) => batch.conversations.map(({ conversation }) => conversation.id))
    const first = ids(await readAll(files))
    expect(ids(await readAll(files))).toEqual(first)
    const [forgotten] = first
    const beside = ids(await readAll(files, { forgotten: forgotten ? [forgotten] : [] }))
    expect(beside[0]).not.toBe(first[0])
    expect(beside[1]).toBe(first[1])
    expect(ids(await readAll(files, { forgotten: [...first, ...beside] })).some((id) => [...first, ...beside].includes(id))).toBe(
      false,
    )
  })

  it('ends when storing fails, with that error', async () => {
    const files = [file('conversations.json', two)]
    const importer = createChatImporter()
    const { conversations } = await importer.look(request(...files), () => {}, never)
    const full = new Error('the disk is full')
    const wanted = conversations.map(({ id }) => id)
    await expect(
      importer.read(
        { ...request(...files), wanted },
        () => Promise.reject(full),
        () => {},
        never,
      ),
    ).rejects.toBe(full)
  })

  it('keeps branches of the tree', async () => {
    const value = chatGptConversation('c', {
      a: { parent: null, message: chatGptMessage('user', 'x', 0) },
      b: { parent: 'a', message: chatGptMessage('assistant', 'y', 1) },
      b2: { parent: 'a', message: chatGptMessage('assistant', 'z', 2) },
    })
    const [batch] = await readAll([file('conversations.json', JSON.stringify([value]))])
    const messages = batch?.conversations[0]?.messages ?? []
    expect(messages.slice(1).map(({ parentId }) => parentId)).toEqual([messages[0]?.id, messages[0]?.id])
  })
})
