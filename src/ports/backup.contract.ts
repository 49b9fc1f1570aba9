import { describe, expect, it } from 'vitest'
import { type StorageSetup, withStorage } from './storage.contract.ts'
import { sampleActual, sampleConversation, sampleDraft, sampleManifest, sampleMessage, sampleOp } from './storage.samples.ts'
import type { Storage } from './storage.ts'

const never = new AbortController().signal
const quiet = () => {}

/** The bytes of a backup. */
export async function backupBytes({ backup }: Storage): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(backup.write(quiet, never) as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())
}

async function fill({ chat, memory, settings, jobs }: Storage): Promise<void> {
  await chat.addMessage(sampleMessage('msg:1', 'conv:1', { text: 'é 😀\n' }), sampleConversation('conv:1'))
  const reply = sampleMessage('msg:2', 'conv:1', { parentId: 'msg:1', role: 'assistant' })
  await chat.finishReply(reply, sampleManifest('msg:2', 'conv:1', { actual: sampleActual }))
  await chat.saveDraft(sampleDraft('msg:3', 'conv:1', 'msg:1'))
  await memory.append([sampleOp('op:1', 5)])
  await settings.set('theme', { dark: true })
  await settings.set('device:remote-key', 'a secret of this device')
  await jobs.enqueue({ ...jobOf('conv:1'), hash: 'kept' })
  await chat.addMessage(sampleMessage('msg:x', 'conv:x'), sampleConversation('conv:x'))
  await jobs.enqueue({ ...jobOf('conv:x'), id: 'job:2', hash: 'left' })
  await chat.updateConversation('conv:x', { deletedAt: 1 })
}

const jobOf = (conversationId: 'conv:1' | 'conv:x') =>
  ({ id: 'job:1', type: 'title', hash: '', conversationId, createdAt: 1, attempts: 0, payload: {} }) as const

/** What every Backup does (rules S23 to S26 of src/storage/SPEC.md). `setup` must give a storage whose time stands still. */
export function describeBackupContract(name: string, setup: () => Promise<StorageSetup>): void {
  describe(`Backup: ${name}`, () => {
    it(
      '[S23] [S12] restores all but deleted conversations, byte for byte',
      withStorage(setup, async (storage) => {
        await fill(storage)
        const bytes = await backupBytes(storage)
        const text = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text()
        expect(text, '[S39]').not.toContain('a secret of this device')
        const other = await setup()
        try {
          const { backup, chat, memory, settings, jobs } = other.storage
          await chat.addMessage(sampleMessage('msg:mine', 'conv:mine'), sampleConversation('conv:mine'))
          const summary = await backup.stage(new Blob([bytes]), quiet, never)
          expect(summary).toEqual({ madeAt: summary.madeAt, conversations: 1, messages: 2, memoryOps: 1 })
          expect(await chat.getMessage('msg:1')).toBeUndefined()
          await backup.restoreStaged()
          expect(await chat.getMessage('msg:mine')).toBeUndefined()
          expect(await chat.getMessage('msg:x')).toBeUndefined()
          expect(await chat.getMessage('msg:1')).toEqual(sampleMessage('msg:1', 'conv:1', { text: 'é 😀\n' }))
          expect(await chat.getManifest('msg:2')).toEqual(sampleManifest('msg:2', 'conv:1', { actual: sampleActual }))
          expect(await chat.listDrafts()).toEqual([sampleDraft('msg:3', 'conv:1', 'msg:1')])
          expect(await memory.all()).toEqual([sampleOp('op:1', 5)])
          expect(await settings.get('theme')).toEqual({ dark: true })
          expect(await settings.get('device:remote-key'), '[S39]').toBeUndefined()
          expect((await jobs.list()).map(({ hash }) => hash)).toEqual(['kept'])
          expect(await backupBytes(other.storage)).toEqual(bytes)
          await expect(backup.restoreStaged()).rejects.toMatchObject({ type: 'not-found' })
        } finally {
          await other.tearDown()
        }
      }),
    )

    it(
      '[S24] a bad file changes nothing and its line is named',
      withStorage(setup, async (storage) => {
        await fill(storage)
        const bytes = await backupBytes(storage)
        const cut = new Blob([bytes.slice(0, bytes.length - 20)])
        const error = await storage.backup.stage(cut, quiet, never).catch((thrown: unknown) => thrown)
        expect(error).toMatchObject({ name: 'StorageError', type: 'bad-backup', line: expect.any(Number) })
        await expect(storage.backup.restoreStaged()).rejects.toMatchObject({ type: 'not-found' })
        expect(await backupBytes(storage)).toEqual(bytes)
      }),
    )

    it(
      '[S26] discards what was staged, and stops when told to',
      withStorage(setup, async (storage) => {
        await fill(storage)
        const bytes = await backupBytes(storage)
        await storage.backup.stage(new Blob([bytes]), quiet, never)
        await storage.backup.discardStaged()
        await expect(storage.backup.restoreStaged()).rejects.toMatchObject({ type: 'not-found' })
        const stop = new AbortController()
        stop.abort()
        await expect(storage.backup.stage(new Blob([bytes]), quiet, stop.signal)).rejects.toMatchObject({ name: 'AbortError' })
        await expect(new Response(storage.backup.write(quiet, stop.signal)).arrayBuffer()).rejects.toBeDefined()
        expect(await backupBytes(storage)).toEqual(bytes)
      }),
    )
  })
}
