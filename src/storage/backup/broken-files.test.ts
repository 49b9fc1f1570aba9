import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { backupBytes } from '#ports/backup.contract.ts'
import type { StorageSetup } from '#ports/storage.contract.ts'
import { sampleConversation, sampleDraft, sampleManifest, sampleMessage, sampleOp } from '#ports/storage.samples.ts'
import { type Storage, StorageError } from '#ports/storage.ts'
import { anyDamage, anyPackedDamage, harmlessRow, hostileRows, withRow } from '#storage/testing/broken-files.ts'
import { caseCount } from '#storage/testing/cases.ts'
import { fakeSetup } from '#storage/testing/fake-database.ts'

let setup: StorageSetup
let packed: Uint8Array<ArrayBuffer>
let text: string

async function fill({ chat, memory, settings }: Storage, texts: readonly string[]): Promise<void> {
  await chat.addMessage(sampleMessage('msg:1', 'conv:1'), sampleConversation('conv:1'))
  for (const [index, each] of texts.entries()) {
    const reply = sampleMessage(`msg:a${index}`, 'conv:1', { parentId: 'msg:1', role: 'assistant', text: each })
    await chat.finishReply(reply, sampleManifest(reply.id, 'conv:1'))
  }
  await chat.saveDraft(sampleDraft('msg:d', 'conv:1', 'msg:1'))
  await memory.append([sampleOp('op:1', 1), sampleOp('op:2', 2)])
  await settings.set('theme', { dark: true })
}

async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
}

beforeAll(async () => {
  const source = await fakeSetup()
  await fill(source.storage, ['é 😀', 'plain', '"quoted"\n'])
  packed = await backupBytes(source.storage)
  text = await unpack(packed)
  await source.tearDown()
  setup = await fakeSetup()
  await fill(setup.storage, ['what is here already'])
})

afterAll(() => setup.tearDown())

const stage = (bytes: Uint8Array<ArrayBuffer>) =>
  setup.storage.backup
    .stage(new Blob([bytes]), () => {}, new AbortController().signal)
    .then(
      () => undefined,
      (error: unknown) => error,
    )

function expectBadLine(error: unknown): void {
  expect(error).toBeInstanceOf(StorageError)
  expect(error).toMatchObject({ type: 'bad-backup' })
  expect((error as StorageError).line).toBeGreaterThan(0)
}

it('[S24] [S25] refuses any broken or hostile file, names a line, and changes nothing', async () => {
  const before = await backupBytes(setup.storage)
  expect(await stage(new TextEncoder().encode(text))).toBeUndefined()
  await fc.assert(
    fc.asyncProperty(anyDamage, async (damage) => {
      expectBadLine(await stage(await damage.apply(text)))
      expect(await backupBytes(setup.storage)).toEqual(before)
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    }),
    { numRuns: caseCount(300) },
  )
  await expect(setup.storage.backup.restoreStaged()).rejects.toMatchObject({ type: 'not-found' })
}, 3_600_000)

it('[S24] refuses a damaged packed file unless its content is untouched, and changes nothing', async () => {
  const before = await backupBytes(setup.storage)
  await fc.assert(
    fc.asyncProperty(anyPackedDamage, async (damage) => {
      const bytes = damage(packed) as Uint8Array<ArrayBuffer>
      const error = await stage(bytes)
      // The header of a gzip file holds bytes that mean nothing: then the content must be the same.
      if (error === undefined) expect(await unpack(bytes)).toBe(text)
      else expectBadLine(error)
      expect(await backupBytes(setup.storage)).toEqual(before)
    }),
    { numRuns: caseCount(100) },
  )
}, 3_600_000)

it('[S24] names the very line', async () => {
  const lines = text.split('\n')
  for (let line = 1; line < lines.length; line++) {
    const bad = lines.with(line - 1, `${lines[line - 1]} `)
    expect(await stage(new TextEncoder().encode(bad.join('\n')))).toMatchObject({ type: 'bad-backup', line })
  }
})

it('[S24] [S25] refuses each hostile row for what it says', async () => {
  expect(await stage(await withRow(text, harmlessRow))).toBeUndefined()
  for (const [row, why] of hostileRows) {
    const error = await stage(await withRow(text, row))
    expectBadLine(error)
    expect((error as StorageError).message, row.slice(0, 100)).toMatch(why)
  }
})
