import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { driver } from './driver.ts'
import { load, talkPastTheWindow } from './fixtures/screens/reach.ts'
import { expect, test } from './fixtures/test.ts'

/** The text of a file that a press of a button saves. */
async function saved(page: Page, name: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name, exact: true }).click()])
  return readFile(await download.path(), 'utf8')
}

test('left out: what would bring a turn in is tried, shown as a plan, and does when the reply is made again', async ({
  page,
}) => {
  const chat = await talkPastTheWindow(page)
  await chat.openReceipt(chat.replies.last())
  const before = await chat.downloadReceipt()
  expect(before.dropped.length).toBeGreaterThan(0)
  await chat.receipt
    .getByRole('button', { name: /^What would bring it in/ })
    .first()
    .click()
  await chat.receipt
    .getByRole('button', { name: /^See the plan: .*[Pp]in it for this chat/ })
    .first()
    .click()
  const changes = chat.plan.getByRole('region', { name: 'Changes of the plan' })
  await expect(changes.getByRole('status')).toContainText('would enter')
  const count = await chat.articles.count()
  await changes.getByRole('button', { name: 'Make the reply again' }).click()
  await expect(chat.replies.last().getByText('version 2 of 2')).toBeAttached()
  await expect(chat.articles).toHaveCount(count)
  await chat.openReceipt(chat.replies.last())
  const after = await chat.downloadReceipt()
  expect(after.sections.flatMap(({ items }) => items).some(({ why }) => why === 'you pinned it for this chat')).toBe(true)
})

test('preview: the plan of the text being written, borders moved by keys, and a message hidden and shown again', async ({
  page,
}) => {
  const chat = await load(page)
  await chat.say('My locker at the swimming pool is number 4711.')
  await chat.say('The vet sees the cat on Friday.')
  await chat.message.fill('Which number is my locker?')
  await expect(page.getByText(/^reads \d+, (about|time not measured yet)/)).toBeVisible()
  await chat.openPlan()
  await expect(chat.plan.getByText('Which number is my locker?')).toBeVisible()
  await expect(chat.plan.getByText(/; a new epoch would read/)).toBeVisible()
  const border = chat.plan.getByRole('slider', { name: 'Room for Recent turns, in tokens' })
  await border.press('Home')
  await border.press('ArrowRight')
  const changes = chat.plan.getByRole('region', { name: 'Changes of the plan' })
  await expect(changes.getByRole('status')).toContainText('The epoch ends')
  await changes.getByRole('button', { name: 'Discard' }).click()
  await expect(changes).toBeHidden()

  await chat.yours.first().getByRole('button', { name: 'Hide from prompts' }).press('Enter')
  await expect(chat.yours.first()).toContainText('Hidden from prompts')
  const reply = await chat.say('Which number is my locker?')
  await chat.openReceipt(reply)
  const receipt = await chat.downloadReceipt()
  expect(receipt.epoch.reason).toBe('plan-changed')
  expect(receipt.dropped.some(({ reason }) => reason.type === 'hidden')).toBe(true)
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(chat.yours.first()).not.toContainText('Hidden from prompts')
})

test('compare and tape: two prompts side by side, the window reply by reply, kept as a page without words', async ({ page }) => {
  const chat = await talkPastTheWindow(page)
  await chat.openReceipt(chat.replies.last())
  await chat.receipt.getByRole('button', { name: 'Compare with previous' }).click()
  await expect(chat.comparison.getByRole('region', { name: 'Entered' })).toBeVisible()
  await chat.comparison.getByText('By text').click()
  await expect(chat.comparison.locator('ins').first()).toBeVisible()
  await page.keyboard.press('Escape')

  await chat.openReceipt(chat.replies.last())
  await chat.receipt.getByRole('button', { name: 'Tape' }).click()
  const slider = chat.tape.getByRole('slider', { name: 'Reply' })
  await slider.press('Home')
  await expect(slider).toHaveAttribute('aria-valuetext', /^1 of 8, sent \d+, .*an epoch begins/)
  await expect(chat.tape.getByRole('region', { name: 'Reply 1' })).toContainText('Note 1')
  await chat.tape.getByRole('switch').click()
  const html = await saved(page, 'Save as page')
  expect(html).not.toContain('harbour')
  expect(html).toContain('characters not shown')
  const offline = driver(await page.context().newPage())
  await offline.page.setContent(html)
  await expect(offline.page.getByRole('heading', { level: 2 })).toHaveCount(8)
  expect(JSON.parse(await saved(page, 'Save as JSON')).frames).toHaveLength(8)
})
