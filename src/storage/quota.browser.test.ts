import { Dexie } from 'dexie'
import { afterEach, expect, it } from 'vitest'
import { cdp } from 'vitest/browser'
import { sampleConversation, sampleMessage } from '#ports/storage.samples.ts'
import { ballastTable } from './ballast.ts'
import { openStorage } from './open-storage.ts'

type Devtools = { send(method: string, parameters: object): Promise<unknown> }

/** The room that the browser gives this page, in bytes; undefined lifts the limit. */
async function setQuota(quotaSize: number | undefined): Promise<void> {
  const session = cdp() as unknown as Devtools
  const { origin } = location
  await session.send('Storage.overrideQuotaForOrigin', quotaSize === undefined ? { origin } : { origin, quotaSize })
}

const name = 'quota'
const megabyte = 1024 * 1024
const noise = (length: number) => Array.from({ length }, () => String.fromCharCode(33 + Math.floor(Math.random() * 90))).join('')

afterEach(async () => {
  await setQuota(undefined)
  await Dexie.delete(name)
})

it('[S20] at the wall, nothing that was acknowledged is lost and the last message still fits', async () => {
  // Before the first byte: the browser remembers for a while how much room there was.
  await setQuota(20 * megabyte)
  const storage = await openStorage({ name, now: () => 7, ballastBytes: 5 * megabyte })
  const ballast = async () => {
    const db = new Dexie(name)
    await db.open()
    const count = await db.table(ballastTable).count()
    db.close()
    return count
  }
  while ((await ballast()) === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  await storage.chat.createConversation(sampleConversation('conv:1'))

  const kept: string[] = []
  let refused: unknown
  for (let n = 0; n < 80 && refused === undefined; n++)
    await storage.settings.set(`filler ${n}`, noise(megabyte / 2)).then(
      () => kept.push(`filler ${n}`),
      (error: unknown) => {
        refused = error
      },
    )
  expect(refused).toMatchObject({ name: 'StorageError', type: 'quota' })
  expect(kept.length).toBeGreaterThan(0)

  const last = sampleMessage('msg:1', 'conv:1', { text: noise(megabyte) })
  await storage.chat.addMessage(last)
  expect(await ballast()).toBe(0)
  expect(await storage.chat.getMessage('msg:1')).toEqual(last)
  for (const each of kept) expect(await storage.settings.get(each)).toHaveLength(megabyte / 2)

  await setQuota(undefined)
  await storage.settings.set('after', 'there is room again')
  expect(await storage.settings.get('after')).toBe('there is room again')
  storage.close()
})
