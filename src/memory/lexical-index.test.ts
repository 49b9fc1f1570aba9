import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '#chat/message.ts'
import type { MessageId } from '#shared/ids.ts'
import type { Cue } from './cue.ts'
import { createLexicalIndex, retrievalThreshold } from './lexical-index.ts'
import { branch, branches, cases } from './memory.fixture.ts'

const cue = (text: string, more: Partial<Cue> = {}): Cue => ({
  text,
  at: 1_000_000,
  conversationId: 'conv:new',
  excludeMessageIds: [],
  otherConversationsOnly: false,
  limit: 20,
  ...more,
})
const asked = fc.constantFrom(
  'Where does my sister Ana live?',
  'rent 700 euros',
  'How many cats have I?',
  '猫',
  'What did you say about stops?',
  'yesterday at 10:30',
  'one stop',
)
const renamed = (path: readonly Message[], name: string) =>
  branch(
    name,
    path.map(({ role, text }) => [role, text] as const),
  )

describe('createLexicalIndex', () => {
  it('[M7] parts sum to the total exactly, and none is below 0, best first', () => {
    fc.assert(
      fc.property(branches, branches, asked, (one, two, text) => {
        const index = createLexicalIndex()
        index.add([...one, ...renamed(two, 'b')])
        const { candidates, threshold } = index.retrieve(cue(text))
        expect(threshold).toBe(retrievalThreshold)
        let last = Number.POSITIVE_INFINITY
        for (const { score } of candidates) {
          expect(score.parts.reduce((sum, { contribution }) => sum + contribution, 0)).toBe(score.total)
          for (const { value, weight, contribution } of score.parts) {
            expect(contribution).toBe(value * weight)
            expect(value).toBeGreaterThanOrEqual(0)
          }
          expect(score.total).toBeLessThanOrEqual(last)
          expect(score.total).toBeGreaterThanOrEqual(0)
          last = score.total
        }
      }),
      { numRuns: cases },
    )
  })

  it('[M70] a reply is found by the words of the message that it answers, in their measure; the user has none of that part', () => {
    fc.assert(
      fc.property(branches, asked, (path, text) => {
        const index = createLexicalIndex()
        index.add(path)
        const { candidates } = index.retrieve(cue(text, { limit: 99 }))
        const part = (key: string, name: string) =>
          candidates.find((one) => one.key === key)?.score.parts.find((one) => one.name === name)?.value
        for (const { id, role, parentId } of path) {
          const value = part(id, 'answers')
          if (value === undefined) continue
          if (role === 'user') expect(value).toBe(0)
          else expect(value).toBe(part(parentId ?? '', 'words') ?? 0)
        }
      }),
      { numRuns: cases },
    )
  })

  it('[M70] a reply that holds no word of the cue is found by its question, before one that holds a word, also after a pause', () => {
    const index = createLexicalIndex({ readsPhrases: false })
    const [question, reply] = branch('a', [
      ['user', 'Which varnish suits the deck of a cedar canoe?'],
      ['assistant', 'Spar, thinned by a tenth for the first coat.'],
    ]) as [Message, Message]
    const other = branch('b', [
      ['user', 'And how do I keep moths out of the wardrobe?'],
      ['assistant', 'Cedar blocks, sanded twice a year.'],
    ])
    index.add([question, { ...reply, createdAt: reply.createdAt + 86_400_000 }, ...other])
    const { candidates } = index.retrieve(cue('the varnish for the deck of my cedar canoe'))
    expect(candidates.find(({ role }) => role === 'assistant')?.text).toMatch(/^Spar/)
  })

  it('[M66] a cue typed letter by letter is answered as by an index that is asked for the first time, whatever changed between', () => {
    fc.assert(
      fc.property(branches, branches, asked, fc.nat(3), (one, two, text, when) => {
        const index = createLexicalIndex()
        const all = [...one, ...renamed(two, 'b')]
        index.add(one)
        for (let length = 1; length <= text.length; length++) {
          if (length === when + 1) index.add(all)
          index.retrieve(cue(text.slice(0, length)))
        }
        index.removeConversation('conv:b')
        const fresh = createLexicalIndex()
        fresh.add(all)
        fresh.removeConversation('conv:b')
        for (const typed of [text, `${text} Ana`, text, 'Ana'])
          expect(index.retrieve(cue(typed))).toEqual(fresh.retrieve(cue(typed)))
      }),
      { numRuns: cases },
    )
  })

  it('[M14] after a removal it answers as if the conversation had never been there', () => {
    fc.assert(
      fc.property(branches, branches, asked, (one, two, text) => {
        const gone = renamed(two, 'b')
        const [used, fresh] = [createLexicalIndex(), createLexicalIndex()]
        used.add([...gone.slice(0, 3), ...one, ...gone])
        used.removeConversation('conv:b')
        fresh.add(one)
        expect(used.retrieve(cue(text))).toEqual(fresh.retrieve(cue(text)))
        expect(used.search(text, 50)).toEqual(fresh.search(text, 50))
        used.add(gone)
        fresh.add(gone)
        const keys = (index: typeof used) =>
          index
            .retrieve(cue(text, { limit: 99 }))
            .candidates.map(({ key }) => key)
            .sort()
        expect(keys(used)).toEqual(keys(fresh))
      }),
      { numRuns: cases },
    )
  })

  it('[M15] every message at most once, none of a round that stands in the window', () => {
    fc.assert(
      fc.property(branches, asked, fc.nat(29), (path, text, pick) => {
        const index = createLexicalIndex()
        const again = path.map(
          (message): Message => ({ ...message, id: `${message.id}b` as MessageId, createdAt: message.createdAt + 1 }),
        )
        index.add([...path, ...again.filter(({ role }) => role === 'assistant')])
        const inWindow = path[pick % path.length]?.id ?? 'msg:'
        const { candidates } = index.retrieve(cue(text, { excludeMessageIds: [inWindow] }))
        expect(new Set(candidates.map(({ key }) => key)).size).toBe(candidates.length)
        expect(candidates.flatMap(({ evidence }) => evidence.map(({ messageId }) => messageId))).not.toContain(inWindow)
      }),
      { numRuns: cases },
    )
  })

  it('[M15] of regenerated replies the one that was found is shown, and no other', () => {
    const path = branch('a', [
      ['user', 'Which tea do you suggest?'],
      ['assistant', 'Try oolong tea.'],
    ])
    const other: Message = { ...(path[1] as Message), id: 'msg:other', text: 'Try rooibos tea with honey.', createdAt: 999_999 }
    const index = createLexicalIndex()
    index.add([...path, other])
    const replies = (text: string) =>
      index.retrieve(cue(text)).candidates.flatMap((candidate) => (candidate.role === 'assistant' ? [candidate.text] : []))
    expect(replies('oolong')).toEqual(['Try oolong tea.'])
    expect(replies('honey')).toEqual(['Try rooibos tea with honey.'])
  })

  it('[M15] an edited message that says nearly the same is shown once', () => {
    const first = branch('a', [
      ['user', 'My brother Tobias sails on Sundays.'],
      ['assistant', 'Nice.'],
    ])
    const second = branch(
      'a',
      [
        ['user', 'My brother Tobias sails on Sundays!'],
        ['assistant', 'Great.'],
      ],
      [],
      'edit',
    )
    const index = createLexicalIndex()
    index.add([...first, ...second])
    const { candidates } = index.retrieve(cue('When does Tobias sail?'))
    expect(candidates.filter(({ role }) => role === 'user')).toHaveLength(1)
  })

  it('prefers the messages of the one speaker that the cue names', () => {
    const talk = branch('a', [
      ['user', 'I went to the lake and swam.'],
      ['user', 'I went to the lake too, and I rowed.'],
    ]).map((message, index): Message => ({ ...message, speaker: index === 0 ? 'Ines Ramos' : 'Jonas' }))
    const index = createLexicalIndex()
    index.add(talk)
    const best = (text: string) => index.retrieve(cue(text)).candidates[0]?.speaker
    expect(best('What did Ines do at the lake?')).toBe('Ines Ramos')
    expect(best('What did Jonas do at the lake?')).toBe('Jonas')
  })

  it('[M16] the text is made of the exact words of the evidence, in order', () => {
    const long = `${'Filler words stand here for a while and say nothing of use. '.repeat(12)}The spare key is under the blue pot. ${'More filler follows after it, as it does. '.repeat(12)}`
    fc.assert(
      fc.property(branches, asked, (path, text) => {
        const index = createLexicalIndex()
        const all = [
          ...path,
          ...branch('b', [
            ['user', `${long} one stop`],
            ['assistant', `${long} rent`],
          ]),
        ]
        index.add(all)
        const said = new Map(all.map((message) => [message.id, message.text]))
        for (const candidate of index.retrieve(cue(text)).candidates) {
          let at = 0
          for (const { messageId, from, to } of candidate.evidence) {
            const piece = said.get(messageId)?.slice(from, to) ?? ''
            expect(piece).not.toBe('')
            at = candidate.text.indexOf(piece, at)
            expect(at).toBeGreaterThanOrEqual(0)
            at += piece.length
          }
        }
      }),
      { numRuns: Math.ceil(cases / 2) },
    )
    const index = createLexicalIndex()
    index.add(
      branch('b', [
        ['user', long],
        ['assistant', 'Noted.'],
      ]),
    )
    const [best] = index.retrieve(cue('Where is the spare key?')).candidates
    expect(best?.text).toContain('The spare key is under the blue pot.')
    expect(best?.text.length).toBeLessThan(long.length)
  })

  it('prefers what was said in the time that the cue speaks of', () => {
    const day = 86_400_000
    const at = 400 * day
    const said = (name: string, daysAgo: number) =>
      branch(name, [['user', 'I bought a lamp for the hall.']]).map((one) => ({ ...one, createdAt: at - daysAgo * day }))
    const index = createLexicalIndex()
    index.add([...said('a', 3), ...said('b', 14), ...said('c', 60)])
    expect(index.retrieve(cue('Which lamp did I buy two weeks ago?', { at })).candidates[0]?.conversationId).toBe('conv:b')
    expect(index.retrieve(cue('Which lamp did I buy?', { at })).candidates[0]?.conversationId).toBe('conv:a')
  })

  it('finds the reply when the cue asks what the assistant said', () => {
    const index = createLexicalIndex()
    index.add(
      branch('a', [
        ['user', 'Museums in Lyon, please: I love museums, Lyon museums!'],
        ['assistant', 'I suggest the silk museum in Lyon.'],
        ['user', 'Thanks'],
      ]),
    )
    const parts = (text: string) => index.retrieve(cue(text)).candidates[0]?.evidence.map(({ messageId }) => messageId)
    expect(parts('Which silk museum did you suggest in Lyon?')).toContain('msg:a-0001')
  })

  it('finds the reply by what only replies share with the cue, without the phrases too', () => {
    const index = createLexicalIndex({ readsPhrases: false })
    index.add(
      branch('a', [
        ['user', 'Where should I go in Lyon? I love Lyon, I am in Lyon for long.'],
        ['assistant', 'The silk museum on the hill has old looms; the puppet theatre is beside it.'],
        ['user', 'Thanks'],
      ]),
    )
    const best = (text: string) => index.retrieve(cue(text)).candidates[0]?.role
    expect(best('What was the name of the puppet theatre beside the silk museum?')).toBe('assistant')
    expect(best('How long am I in Lyon?')).toBe('user')
  })

  it('[M17] every word of a message finds it, and the hit is marked', () => {
    fc.assert(
      fc.property(branches, fc.nat(), (path, pick) => {
        const index = createLexicalIndex()
        index.add(path)
        const message = path[pick % path.length]
        const found = message?.text.match(/[\p{L}\p{N}]+/gu) ?? []
        const word = found[pick % Math.max(1, found.length)]
        if (!message || !word) return
        const hit = index.search(word.toUpperCase(), 99).find(({ messageId }) => messageId === message.id)
        expect(hit).toBeDefined()
        expect(hit?.from).toBeLessThan(hit?.to ?? 0)
        expect(hit?.to).toBeLessThanOrEqual(hit?.excerpt.length ?? 0)
        const marked = hit?.excerpt.slice(hit.from, hit.to).toLowerCase() ?? ''
        expect(word.toLowerCase().startsWith(marked) || marked.startsWith(word.toLowerCase())).toBe(true)
      }),
      { numRuns: cases },
    )
  })
})
