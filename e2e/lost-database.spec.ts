import type { Page } from '@playwright/test'
import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

/** From a page of the same address that has no database open: removes it as the browser does, and the second copy where asked. */
async function lose(page: Page, what: 'database' | 'database and copy'): Promise<void> {
  await page.goto('/get.html')
  await page.evaluate(async (copyToo) => {
    await new Promise((resolve, reject) => {
      const deleting = indexedDB.deleteDatabase('longhand')
      deleting.onsuccess = resolve
      deleting.onerror = reject
      deleting.onblocked = reject
    })
    if (copyToo) await (await navigator.storage.getDirectory()).removeEntry('second-copy-1', { recursive: true })
    // Without the mark only the copy tells that there was a database.
    else localStorage.clear()
  }, what === 'database and copy')
}

test('a lost database comes back from the second copy, and the user is told', async ({ profile }) => {
  const context = await profile.open()
  const chat = driver(context.pages()[0] ?? (await context.newPage()))
  await chat.open()
  await chat.loadModel()
  await chat.say('My sister Ada keeps bees in Ghent.')
  await lose(chat.page, 'database')
  await chat.open()
  await expect(chat.page.getByText('1 conversation with 2 messages came back from the second copy')).toBeVisible()
  await chat.conversations.getByText('My sister Ada keeps bees in Ghent').click()
  await expect(chat.articles).toHaveCount(2)
  await chat.page.goto('/?engine=scripted#/settings')
  await expect(chat.page.getByText('A second copy is kept')).toBeVisible()
})

test('where the copy is lost too, a backup file is restored, or the user goes on with an empty one', async ({ profile }) => {
  const context = await profile.open()
  const chat = driver(context.pages()[0] ?? (await context.newPage()))
  const { page } = chat
  await chat.open()
  await chat.loadModel()
  await chat.say('My sister Ada keeps bees in Ghent.')
  await page.goto('/?engine=scripted#/settings')
  await page.reload()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .evaluate(() => Reflect.deleteProperty(window, 'showSaveFilePicker'))
      .then(() => page.getByRole('button', { name: 'Write a backup' }).click()),
  ])
  const backup = await download.path()

  await lose(page, 'database and copy')
  await page.goto('/?engine=scripted')
  const lost = page.getByRole('dialog', { name: 'Your conversations are not here' })
  const file = lost.getByLabel('Backup file')
  await file.setInputFiles({ name: 'bad.gz', mimeType: 'application/gzip', buffer: Buffer.from('no backup') })
  await expect(lost.getByText('This file is not a whole backup.')).toBeVisible()
  await file.setInputFiles(backup)
  await expect(chat.conversations.getByText('My sister Ada keeps bees in Ghent')).toBeVisible()

  await lose(page, 'database and copy')
  await page.goto('/?engine=scripted')
  await lost.getByRole('button', { name: 'Go on with an empty one' }).click()
  await expect(chat.message).toBeVisible()
  await page.reload()
  await expect(chat.message).toBeVisible()
})
