import { expect, it } from 'vitest'
import type { Draft } from '#chat/message.ts'
import { createDraftWriter, draftEveryMs, draftEveryTokens } from './draft-writer.ts'

const draft: Draft = { id: 'msg:r', conversationId: 'conv:a', parentId: 'msg:u', text: '', createdAt: 0, modelId: 'm' }

function harness(save: (text: string) => Promise<void> = async () => {}) {
  const saved: string[] = []
  let pending: { callback: () => void; ms: number } | undefined
  const writer = createDraftWriter(
    draft,
    async ({ text }) => {
      saved.push(text)
      await save(text)
    },
    {
      set: (callback, ms) => {
        pending = { callback, ms }
        return pending
      },
      clear: () => {
        pending = undefined
      },
    },
  )
  return { writer, saved, pending: () => pending }
}

it('saves at once after sixteen tokens', async () => {
  const { writer, saved } = harness()
  writer.update('short', draftEveryTokens - 1)
  expect(saved).toEqual([])
  writer.update('longer', draftEveryTokens)
  await writer.close()
  expect(saved).toEqual(['longer'])
})

it('saves a slow reply after a quarter of a second', async () => {
  const { writer, saved, pending } = harness()
  writer.update('a', 1)
  expect(pending()?.ms).toBe(draftEveryMs)
  pending()?.callback()
  await writer.close()
  expect(saved).toEqual(['a'])
})

it('never writes two at a time, and the last text wins', async () => {
  let release: () => void = () => {}
  const { writer, saved } = harness(
    () =>
      new Promise((resolve) => {
        release = resolve
      }),
  )
  writer.update('one', 16)
  writer.update('two', 32)
  writer.update('three', 48)
  expect(saved).toEqual(['one'])
  release()
  await Promise.resolve()
  await Promise.resolve()
  expect(saved).toEqual(['one', 'three'])
  release()
  await writer.close()
})

it('does not hide that a draft could not be saved', async () => {
  const { writer } = harness(() => Promise.reject(new Error('disk full')))
  writer.update('x', 16)
  await expect(writer.close()).rejects.toThrow('disk full')
})
