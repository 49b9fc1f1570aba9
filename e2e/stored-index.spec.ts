import type { Page } from '@playwright/test'
import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

const secret = 'The zanzibar code is written under the blue kettle.'

/** Everything that the database holds of the search index, as text. */
function storedIndex(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const open = indexedDB.open('longhand')
        open.onerror = () => reject(open.error)
        open.onsuccess = () => {
          const all = open.result.transaction('indexParts').objectStore('indexParts').getAll()
          all.onsuccess = () => {
            open.result.close()
            const texts = all.result.map(({ bytes, ...rest }: { bytes: Uint8Array }) => {
              return JSON.stringify(rest) + new TextDecoder('latin1').decode(bytes)
            })
            resolve(texts.join('\n'))
          }
        }
      }),
  )
}

test('the second start reads no message again, and what was deleted is neither recalled nor stored', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say(secret)
  await chat.newChat()
  await chat.say('My sister keeps bees in Ghent.')
  // This start finds nothing stored and stores the index.
  await page.reload()
  await expect.poll(() => storedIndex(page)).toContain('zanzibar')

  await page.goto('/?engine=scripted#/settings')
  await page.reload()
  await expect(page.getByText('At this start 4 messages came from it, 0 were read anew.')).toBeVisible()

  await page.goto('/?engine=scripted#/')
  const row = chat.conversations.getByText('The zanzibar code')
  await row.hover()
  await chat.conversations.getByRole('button', { name: /More about .*zanzibar/ }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(row).toHaveCount(0)
  await page.reload()
  await expect.poll(() => storedIndex(page)).not.toMatch(/zanzibar|kettle/i)
  expect(await storedIndex(page)).toContain('bees')
  await expect.poll(chat.engine).toBe('ready')
  const reply = await chat.say('Where is the zanzibar code written?')
  await chat.openReceipt(reply)
  const { sections } = await chat.downloadReceipt()
  const recalled = sections.find(({ name }) => name === 'recalled')?.items ?? []
  expect(recalled.map(({ text }) => text).join(' ')).not.toContain('kettle')
})
