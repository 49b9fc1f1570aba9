import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

test('a click is not lost when the conversation scrolls by itself between press and release', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  for (let turn = 1; turn <= 4; turn++)
    await chat.say(`Turn ${turn} of a conversation that is longer than the screen, so that it can scroll.`)
  const receipt = chat.replies.last().getByRole('button', { name: /^Receipt/ })
  await receipt.hover()
  await page.mouse.down()
  // What a line that enters above does: the place of the button on the screen stays, the list scrolls under it.
  await page.getByRole('log').evaluate((log) => {
    log.scrollTop -= 2
  })
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  await page.mouse.up()
  await expect(chat.receipt).toBeVisible()
})
