import { describe, expect, it } from 'vitest'
import { draftOf } from '#memory/memory.fixture.ts'
import type { Memory } from '#memory/memory.ts'
import { readReply } from '#memory/read-reply.ts'
import { reconcile } from '#memory/reconcile.ts'
import { reduceMemory } from '#memory/reduce-memory.ts'
import { retention } from '#memory/retention.ts'
import { writePortrait } from '#memory/write-portrait.ts'
import { writeSegments } from '#memory/write-segments.ts'
import { convoMem } from './convo-mem.ts'
import { episode } from './episode.ts'
import { fnCtod } from './fn-ctod.ts'
import { gapChat } from './gap-chat.ts'
import { headLines } from './head-lines.ts'
import { keepMeUpdated } from './keep-me-updated.ts'
import { lostInTheMiddle } from './lost-in-the-middle.ts'
import { memoChat } from './memo-chat.ts'
import { memoryBank } from './memory-bank.ts'
import { mergeProfile } from './merge-profile.ts'
import { reBot } from './re-bot.ts'
import { s3Dst } from './s3-dst.ts'
import { sinks } from './sinks.ts'
import { cause, day, hour, linesOf, memoryOf, seek, start, talk } from './strategies.fixture.ts'

describe('strategies', () => {
  it('Keep Me Updated (#87): new facts are added, repeated ones pass, changed ones replace, what ended is dropped', async () => {
    const said = [
      'I have a cold.',
      'I have a cold.',
      'I moved to Lisbon.',
      'I moved to Porto.',
      'I have recovered from the cold. I no longer have a cold.',
    ]
    const ops = await memoryOf(talk(said, 30))
    expect(ops.map(({ type }) => type)).toEqual(expect.arrayContaining(['add', 'touch', 'revise', 'retire']))
    const lines = linesOf(keepMeUpdated, ops, start + 9 * day)
    expect(lines.some((line) => line.includes('Porto'))).toBe(true)
    expect(lines.some((line) => line.includes('Lisbon') || line.includes('I have a cold'))).toBe(false)
  })

  it('GapChat (#47): plans are spoken of only after a pause of six hours, with how far they have come', async () => {
    const ops = await memoryOf(talk(['I am going to travel in Peru for two weeks.']))
    expect(linesOf(gapChat, ops, start + 5 * hour)).toEqual([])
    expect(linesOf(gapChat, ops, start + 8 * day)[0]).toContain('half of its time has passed')
    expect(linesOf(gapChat, ops, start + 15 * day)[0]).toContain('its time has passed')
    expect(linesOf(gapChat, ops, start + 60 * day)).toEqual([])
  })

  it('MemoryBank (#118): what is confirmed stays, the rest fades and is not deleted; a portrait is made of both', async () => {
    const ops = await memoryOf(talk(['I love hiking.', 'I am allergic to walnuts.', 'I love hiking.', 'I love hiking.'], 48))
    const [hiking, walnuts] = [...reduceMemory(ops).values()]
    const now = start + 20 * day
    expect(retention(hiking as Memory, now)).toBeGreaterThan(retention(walnuts as Memory, now))
    expect(linesOf(memoryBank, ops, now)[0]).toContain('hiking')
    expect(reduceMemory(ops).size).toBe(2)
    const portrait = writePortrait({ memories: reduceMemory(ops).values(), now, cause })
    expect(linesOf(memoryBank, [...ops, ...portrait], now)[0]).toBe('User: I love hiking. I am allergic to walnuts.')
    expect(writePortrait({ memories: reduceMemory([...ops, ...portrait]).values(), now: now + day, cause })).toEqual([])
  })

  const topics = [
    'Bread needs flour, yeast and time in the oven.',
    'Which flour makes the best bread in my oven?',
    'Rye flour and sour dough make dark bread.',
    'Ships enter the harbour at high tide.',
    'Does the harbour pilot board ships before the tide?',
    'At low tide ships wait outside the harbour.',
    'My piano teacher wants scales every morning.',
    'Should the piano scales be slow in the morning?',
    'The piano teacher plays scales slowly.',
  ]
  const memos = () =>
    writeSegments({
      path: talk(topics),
      memories: [],
      policy: { by: 'topic' },
      now: start + day,
      cause,
      count: (text) => text.split(' ').length,
    })

  it('MemoChat (#69): a memo for each closed topic; the one that fits is chosen before the reply, or none', () => {
    const ops = memos()
    expect(ops.length).toBe(2)
    const { candidates } = seek(memoChat, 'When do ships enter the harbour?', [], ops)
    expect(candidates.map(({ text }) => text)).toEqual([expect.stringContaining('harbour')])
    expect(candidates[0]?.evidence.length).toBeGreaterThan(0)
    expect(seek(memoChat, 'What is the capital of France?', [], ops).candidates).toEqual([])
  })

  it('S3-DST (#51): an outline of this conversation, one value for each thing, and a recollection before the reply', async () => {
    const ops = [...memos(), ...(await memoryOf(talk(['My budget is 500 euros.'], 1, 'b')))]
    const lines = headLines({
      plan: mergeProfile([s3Dst]),
      memories: reduceMemory(ops),
      conversationId: 'conv:a',
      standing: new Set(),
      now: start + day,
      utcOffsetMinutes: 0,
    })
    expect(lines.map(({ text }) => text)).toEqual([
      expect.stringContaining('my budget: 500 euros'),
      expect.stringMatching(/^Part 1: .*[Bb]read/s),
      expect.stringMatching(/^Part 2: .*harbour/s),
    ])
    expect(mergeProfile([s3Dst]).answer).toBe('recollect')
    expect(readReply('recollect', 'So far: bread and ships.\nYes.', new Set()).notes).toEqual(['bread and ships.'])
  })

  it('ReBot (#24): earlier sittings in order, each with how long ago it was', () => {
    const lines = linesOf(reBot, memos(), start + 9 * day)
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(/^\[a few weeks ago\] .*[Bb]read/s)
    expect(lines[1]).toMatch(/^\[a few weeks ago\] .*harbour/s)
  })

  it('SHARE (#96): what changed is told as a transition; shared events that fit are chosen, or none', async () => {
    const ops = await memoryOf(
      talk(['I moved to Lisbon.', 'I moved to Porto.', 'We went to the lighthouse museum yesterday.'], 30),
    )
    expect(linesOf(episode, ops, start + 9 * day)).toEqual(['home: was Lisbon, now Porto (since 2026-01-06)'])
    expect(seek(episode, 'Remember the lighthouse museum?', [], ops).candidates.map(({ text }) => text)).toEqual([
      expect.stringContaining('lighthouse'),
    ])
    expect(seek(episode, 'How do I sort a list?', [], ops).candidates).toEqual([])
  })

  it('FnCTOD (#108): a card with the newest value of each slot', async () => {
    const ops = await memoryOf(talk(['My budget is 500 euros.', 'I have a dog.', 'My budget is 700 euros.'], 30))
    expect(linesOf(fnCtod, ops, start + 9 * day)).toEqual(['my budget: 700 euros (since 2026-01-08)'])
  })

  it('Lost in the Middle (#75): the strongest lines stand at both ends, and what has an order of time keeps it', async () => {
    const drafts = Array.from({ length: 5 }, (_, index) => draftOf(`I have thing number ${index}.`, index * 24 * 60))
    const { ops } = await reconcile({ drafts, memories: [], now: 0, cause })
    const aged = ops.map((op) => (op.type === 'add' ? { ...op, memory: { ...op.memory, createdAt: op.memory.validFrom } } : op))
    const numbers = (lines: readonly string[]) => lines.map((line) => /number (\d)/.exec(line)?.[1])
    expect(numbers(linesOf(keepMeUpdated, aged, 10 * day))).toEqual(['4', '3', '2', '1', '0'])
    const both = { ...keepMeUpdated, order: lostInTheMiddle.order }
    expect(numbers(linesOf(both, aged, 10 * day))).toEqual(['4', '2', '0', '1', '3'])
  })

  it('ConvoMem (#45) leaves the choice to the size of the history: it adds no writer, no line and no call', () => {
    expect(mergeProfile([convoMem])).toMatchObject({
      writers: [],
      sections: [],
      choices: [],
      calls: { beforeReply: 0, perEpoch: 0 },
      recalls: true,
    })
  })

  it('Sinks (#2), the control: nothing is written, laid or recalled', () => {
    expect(mergeProfile([sinks])).toMatchObject({ writers: [], sections: [], choices: [], seek: {}, recalls: false })
  })
})
