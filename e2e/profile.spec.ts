import AxeBuilder from '@axe-core/playwright'
import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

test('another kind of memory is chosen for a chat, by keyboard, and says before what it will cost', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('I moved to Lisbon.')
  await page.getByRole('button', { name: 'Memory of this chat' }).click()
  const dialog = page.getByRole('dialog', { name: 'Memory of this chat' })
  await expect(dialog.getByRole('radio', { name: /^Everyday/ })).toBeChecked()
  await dialog.getByRole('radio', { name: /^Everyday/ }).focus()
  await page.keyboard.press('End')
  await dialog.getByRole('radio', { name: /^Bare/ }).check()
  await expect(dialog.getByRole('status')).toContainText('tokens are read anew')
  const { violations } = await new AxeBuilder({ page }).include('dialog[open]').analyze()
  expect(violations).toEqual([])
  await dialog.getByRole('button', { name: 'Use Bare' }).click()
  const reply = await chat.say('And now?')
  await chat.openReceipt(reply)
  const receipt = await chat.downloadReceipt()
  expect(receipt.epoch.reason).toBe('profile-changed')
})

test('what was said of oneself stands on the memory page, and a later move closes the earlier one', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('I moved to Lisbon.')
  await chat.say('I moved to Porto.')
  await page.getByRole('link', { name: 'Memory', exact: true }).click()
  await expect(page.getByRole('link', { name: /^Fact.*I moved to Porto\./ })).toBeVisible()
  // Lisbon is named in the row of Porto, as what was so before, and has no row of its own.
  await expect(page.getByRole('link', { name: /^Fact/ })).toHaveCount(1)
})
