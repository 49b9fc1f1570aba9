import { driver } from './driver.ts'
import { memoryPage } from './fixtures/memory-page.ts'
import { expect, test } from './fixtures/test.ts'

test('the memory answers what a message would bring back, as the turn then does, and sends nothing', async ({ page }) => {
  const chat = driver(page)
  const memory = memoryPage(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('My bicycle lock code is written under the blue kettle.')
  await chat.newChat()
  await memory.goTo()
  await page.getByRole('radio', { name: 'Ask the memory' }).check({ force: true })
  const question = 'Where is the bicycle lock code written?'
  await page.getByRole('searchbox', { name: 'A message to try' }).fill(question)
  await expect(
    page.getByText(
      /^If you sent this now in a new conversation, \d+ memor(?:y|ies) would be recalled, \d+ of at most [\d,]+ tokens/,
    ),
  ).toBeVisible()
  const first = page.getByRole('main').getByRole('listitem').first()
  await expect(first).toContainText('blue kettle')
  await expect(first).toContainText('goes in')
  // The parts as they are, with what the score needs.
  await expect(first).toContainText(/words \.\d\d.*needs \.\d\d/)
  const asked = await page.getByText(/^If you sent this now/).textContent()
  const tokens = /recalled, (\d+) of/.exec(asked ?? '')?.[1]
  await expect(chat.conversations.getByRole('link')).toHaveCount(1)

  await chat.newChat()
  const receipt = await (async () => {
    await chat.openReceipt(await chat.say(question))
    return chat.downloadReceipt()
  })()
  expect(receipt.sections.find(({ name }) => name === 'recalled')?.tokens).toBe(Number(tokens))
})

test('without a model the answer is an estimate and says so', async ({ page }) => {
  const chat = driver(page)
  await chat.open('/?engine=scripted')
  await page.goto('/?engine=scripted#/memory/ask')
  await page.getByRole('searchbox', { name: 'A message to try' }).fill('Where is the bicycle lock?')
  await expect(page.getByText('No model is loaded here: tokens are estimated.')).toBeVisible()
})
