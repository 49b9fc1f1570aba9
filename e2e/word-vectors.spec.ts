import type { Page } from '@playwright/test'
import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

const table = '/vectors/words-128d.bin'
const said = 'My bicycle lock code is written under the blue kettle.'
const asked = 'Where is my bicycle lock code written?'

/** Says something, and asks for it in another conversation; true when the reply's receipt shows that it was recalled. */
async function recalls(page: Page): Promise<boolean> {
  const user = driver(page)
  await user.loadModel()
  await user.say(said)
  await user.newChat()
  const reply = await user.say(asked)
  await user.openReceipt(reply)
  const { sections } = await user.downloadReceipt()
  return sections.some(({ name, items }) => name === 'recalled' && items.some(({ text }) => text.includes(said)))
}

test('the table of word vectors is fetched once, after the shell is drawn', async ({ page }) => {
  await page.addInitScript(() => {
    const seen = (): void => {
      if (!document.querySelector('textarea')) return
      watch.disconnect()
      performance.mark('shell')
    }
    const watch = new MutationObserver(seen)
    watch.observe(document, { childList: true, subtree: true })
  })
  const paths: string[] = []
  page.context().on('request', (request) => paths.push(new URL(request.url()).pathname))
  await driver(page).open()
  await expect.poll(() => paths.filter((path) => path === table)).toHaveLength(1)
  await page.waitForLoadState('networkidle')
  const times = await page.evaluate((path) => {
    const of = (name: string): number => performance.getEntriesByName(name)[0]?.startTime ?? Number.NaN
    return { shell: of('shell'), painted: of('first-contentful-paint'), table: of(new URL(path, location.href).href) }
  }, table)
  expect(times.table).toBeGreaterThan(times.shell)
  expect(times.table).toBeGreaterThan(times.painted)
  expect(paths.filter((path) => path === table)).toHaveLength(1)
  expect(await page.getByRole('status', { name: 'Notices' }).textContent()).toBe('')
  expect(await recalls(page)).toBe(true)
})

test('without the table the app says so, chats and recalls', async ({ page }) => {
  await page.route(`**${table}`, (route) => route.abort())
  await driver(page).open()
  await expect(page.getByRole('status', { name: 'Notices' })).toContainText('table of word meanings could not be loaded')
  expect(await recalls(page)).toBe(true)
})

test('a table that is another file is refused, and the app goes on', async ({ page }) => {
  await page.route(`**${table}`, (route) => route.fulfill({ body: '<!doctype html><title>Not found</title>' }))
  await driver(page).open()
  await expect(page.getByRole('status', { name: 'Notices' })).toContainText('table of word meanings could not be loaded')
  expect(await recalls(page)).toBe(true)
})
