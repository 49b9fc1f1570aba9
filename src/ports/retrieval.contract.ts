import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Message, Role } from '#chat/message.ts'
import { encodeWordTable } from '#memory/word-table.ts'
import type { ConversationId, MessageId } from '#shared/ids.ts'
import type { Cue, RetrievalIndex } from './retrieval.ts'

type Line = readonly [role: Role, text: string]

function conversation(name: string, lines: readonly Line[], start = 0): Message[] {
  return lines.map(([role, text], index) => ({
    id: `msg:${name}${index}`,
    conversationId: `conv:${name}`,
    ...(index > 0 && { parentId: `msg:${name}${index - 1}` as const }),
    role,
    text,
    createdAt: start + index * 1000,
    status: 'complete',
  }))
}

const moving = conversation('moving', [
  ['user', 'We are moving to Ghent in April. The removal van is booked with Janssens.'],
  ['assistant', 'Good luck with the move! Remember to label every box.'],
  ['user', 'My dog Biscuit is afraid of the van.'],
  ['assistant', 'A blanket that smells of home may calm Biscuit.'],
])
const cooking = conversation('cooking', [
  ['user', 'How long do lentils cook?'],
  ['assistant', 'Brown lentils take about 25 minutes, red ones ten.'],
])

const cue = (text: string, more: Partial<Cue> = {}): Cue => ({
  text,
  at: 100_000,
  conversationId: 'conv:new',
  excludeMessageIds: [],
  otherConversationsOnly: true,
  limit: 10,
  ...more,
})

/** What every RetrievalIndex does, wherever it runs. */
export function describeRetrievalContract(name: string, create: () => RetrievalIndex & { dispose?(): void }): void {
  describe(`RetrievalIndex contract: ${name}`, () => {
    let index: RetrievalIndex & { dispose?(): void }
    const keys = async (request: Cue): Promise<string[]> => (await index.retrieve(request)).candidates.map(({ key }) => key)

    beforeEach(async () => {
      index = create()
      await index.add([...moving, ...cooking])
    })
    afterEach(() => index.dispose?.())

    it('finds the message that holds the answer, above its threshold, with evidence and parts that sum to the score', async () => {
      const { candidates, threshold } = await index.retrieve(cue("What is my dog's name?"))
      const [best] = candidates
      expect(best?.key).toBe('msg:moving2')
      expect(best?.text).toContain('My dog Biscuit is afraid of the van.')
      expect(best?.evidence[0]).toEqual({ conversationId: 'conv:moving', messageId: 'msg:moving2', from: 0, to: 36 })
      expect(best?.score.total).toBeGreaterThanOrEqual(threshold)
      expect(best?.score.parts.reduce((sum, { contribution }) => sum + contribution, 0)).toBe(best?.score.total)
    })

    it('keeps what does not concern the cue below the threshold', async () => {
      const { candidates, threshold } = await index.retrieve(cue('Write a haiku about autumn leaves'))
      expect(candidates.filter(({ score }) => score.total >= threshold)).toEqual([])
    })

    it('answers nothing to a cue without words of meaning', async () => {
      for (const text of ['', 'and you?', '!!!']) expect(await keys(cue(text))).toEqual([])
    })

    it('keeps to the limit, best first', async () => {
      const { candidates } = await index.retrieve(cue('Biscuit van Ghent boxes lentils', { limit: 2 }))
      expect(candidates).toHaveLength(2)
      expect(candidates[0]?.score.total).toBeGreaterThanOrEqual(candidates[1]?.score.total ?? 0)
    })

    it('names the conversation by its title', async () => {
      await index.setTitle('conv:moving', 'Moving house')
      const { candidates } = await index.retrieve(cue('Which van did we book?'))
      expect(candidates[0]?.conversationTitle).toBe('Moving house')
    })

    it('leaves out the asking conversation where only others are asked for, and rounds that stand in the window', async () => {
      const own = { conversationId: 'conv:moving' as ConversationId }
      expect(await keys(cue('Biscuit', own))).toEqual([])
      expect(await keys(cue('Biscuit', { ...own, otherConversationsOnly: false }))).toContain('msg:moving2')
      const excludeMessageIds: readonly MessageId[] = ['msg:moving3']
      expect(await keys(cue('Biscuit', { ...own, otherConversationsOnly: false, excludeMessageIds }))).not.toContain(
        'msg:moving2',
      )
    })

    it('searches one conversation alone where it is asked to', async () => {
      expect(await keys(cue('Biscuit and lentils', { within: 'conv:cooking' }))).toContain('msg:cooking0')
      expect(await keys(cue('Biscuit and lentils', { within: 'conv:moving' }))).not.toContain('msg:cooking0')
      expect(await keys(cue('Biscuit', { within: 'conv:cooking' }))).toEqual([])
      expect(await keys(cue('Biscuit', { within: 'conv:unknown' }))).toEqual([])
    })

    it('adds a message once, also when its parent comes later', async () => {
      const late = conversation('late', [
        ['user', 'The zeppelin museum opens at nine.'],
        ['assistant', 'Book the zeppelin museum early.'],
      ])
      await index.add(late.toReversed())
      await index.add(late)
      expect((await keys(cue('zeppelin museum'))).toSorted()).toEqual(['msg:late0', 'msg:late1'])
      expect(await index.search('zeppelin', 10)).toHaveLength(2)
    })

    it('forgets a removed conversation at once, and knows it again when it comes back', async () => {
      await index.removeConversation('conv:moving')
      expect(await keys(cue('Biscuit the dog'))).toEqual([])
      expect(await index.search('Biscuit', 10)).toEqual([])
      await index.add(moving)
      expect(await keys(cue('Biscuit the dog'))).toContain('msg:moving2')
    })

    it('searches for every word, the last as a beginning, whatever the case and accents', async () => {
      await index.add(
        conversation('cafe', [
          ['user', 'Le Café Zoë ouvre à l’aube'],
          ['assistant', '東京タワーは高いです。'],
        ]),
      )
      const found = async (text: string) => (await index.search(text, 10)).map(({ messageId }) => messageId)
      expect(await found('cafe zo')).toEqual(['msg:cafe0'])
      expect(await found('AUBE')).toEqual(['msg:cafe0'])
      expect(await found('東京')).toEqual(['msg:cafe1'])
      expect(await found('lentil minutes')).toEqual([])
      expect(await found('lentils min')).toEqual(['msg:cooking1'])
      expect(await found('')).toEqual([])
    })

    it('takes word vectors, answers while messages get theirs, and adds and removes with them', async () => {
      const table = encodeWordTable({
        dimensions: 2,
        words: ['dog', 'van', 'lentils'],
        scales: new Float32Array(3).fill(0.02),
        values: Int8Array.from([127, 0, 0, 127, -90, 90]),
      })
      const done = index.setWordVectors(table)
      expect(await keys(cue('Biscuit the dog'))).toContain('msg:moving2')
      await done
      await index.removeConversation('conv:moving')
      expect(await keys(cue('Biscuit the dog'))).toEqual([])
      await index.add(moving)
      expect(await keys(cue('Biscuit the dog'))).toContain('msg:moving2')
    })

    it('takes vectors of a neural embedder, and shows what they add for a question that has one', async () => {
      const entry = (id: MessageId, ...values: number[]) => ({ id, vector: Int8Array.from(values) })
      await index.setEmbeddings([entry('msg:moving2', 100, 0), entry('msg:moving0', 0, 100), entry('msg:unknown', 1, 1)])
      const ask = async (more: Partial<Cue>) => (await index.retrieve(cue('Biscuit the dog and the van', more))).candidates
      const likeness = (candidates: Awaited<ReturnType<typeof ask>>) =>
        new Map(candidates.map(({ key, score }) => [key, score.parts.find(({ name }) => name === 'likeness')?.value]))
      const without = likeness(await ask({}))
      expect(without.has('msg:moving2')).toBe(true)
      expect([...without.values()]).not.toContain(0)
      const values = likeness(await ask({ embedding: Int8Array.of(100, 0) }))
      expect(values.get('msg:moving2')).toBeGreaterThan(0)
      expect(values.get('msg:moving0')).toBe(0)
    })

    it('refuses a word table that is none or damaged, says why, and goes on without', async () => {
      const page = new TextEncoder().encode('<!doctype html><title>Not found</title>')
      await expect(index.setWordVectors(page)).rejects.toThrow('no table of word vectors')
      const table = encodeWordTable({ dimensions: 1, words: ['dog'], scales: new Float32Array(1), values: new Int8Array(1) })
      table[table.length - 1] = 0
      await expect(index.setWordVectors(table)).rejects.toThrow('checksum')
      expect(await keys(cue('Biscuit the dog'))).toContain('msg:moving2')
    })

    it('tells how many messages of each conversation are in, and which are lacking', async () => {
      expect(await index.messageCounts()).toEqual(
        new Map([
          ['conv:moving', 4],
          ['conv:cooking', 2],
        ]),
      )
      expect(await index.lacking(['msg:moving0', 'msg:other', 'msg:cooking1'])).toEqual(['msg:other'])
      await index.removeConversation('conv:moving')
      expect([...(await index.messageCounts()).keys()]).toEqual(['conv:cooking'])
    })

    it('hands itself out in parts, and another one made of them answers the same', async () => {
      const part = (await index.nextPart(['part:foreign'], 'part:1')) ?? { remove: [] }
      expect(part).toMatchObject({
        remove: ['part:foreign'],
        add: { id: 'part:1', conversationIds: ['conv:moving', 'conv:cooking'] },
      })
      expect(await index.nextPart(['part:1'], 'part:2')).toBeUndefined()
      const other = create()
      try {
        if (!part.add) throw new Error('There is no part.')
        const damaged = part.add.bytes.slice()
        damaged[40] = (damaged[40] ?? 0) ^ 1
        expect(await other.restorePart({ ...part.add, bytes: damaged })).toMatchObject({ type: 'refused', reason: 'damaged' })
        expect(await other.restorePart(part.add)).toEqual({ type: 'restored', messages: 6 })
        const asked = cue("What is my dog's name, and how long do lentils cook?")
        expect(await other.retrieve(asked)).toEqual(await index.retrieve(asked))
        await other.removeConversation('conv:moving')
        const next = await other.nextPart(['part:1'], 'part:3')
        expect(next).toMatchObject({ remove: ['part:1'], add: { id: 'part:3', conversationIds: ['conv:cooking'] } })
      } finally {
        other.dispose?.()
      }
    })

    it('shows the words around a hit and where it stands in them', async () => {
      const [hit] = await index.search('janssens', 5)
      expect(hit?.excerpt.slice(hit.from, hit.to)).toBe('Janssens')
      expect(hit).toMatchObject({ conversationId: 'conv:moving', messageId: 'msg:moving0', role: 'user', at: 0 })
    })
  })
}
