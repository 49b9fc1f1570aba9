import AxeBuilder from '@axe-core/playwright'
import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

test('the example: from the first screen to one question answered three ways, and gone without a trace', async ({ page }) => {
  const chat = driver(page)
  await chat.open('/?engine=scripted&window=4096')
  await page.getByRole('button', { name: /^See it on an example/ }).press('Enter')
  const note = page.getByRole('complementary', { name: 'About this example' })
  await expect(note).toContainText('no model did')
  await expect(chat.replies.last()).toContainText('Written by us for this example, not by a model')
  await expect(chat.message).toHaveValue('Which neighbour has the spare key to our house?')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

  // No model is loaded yet: it asks for one.
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeDisabled()
  await chat.loadModel()
  const reply = await chat.say('Which neighbour has the spare key to our house?')
  await expect(reply).not.toContainText('Written by us')

  await note.getByRole('button', { name: 'Answer three ways' }).press('Enter')
  const ways = chat.receipt.getByRole('region', { name: 'Three ways' }).getByRole('listitem')
  await expect(ways).toHaveCount(3)
  for (const way of await ways.all()) {
    await expect(way).toContainText(/[\d,]+ tokens in the prompt/)
    await expect(way).toContainText(/to read, .* to write \d+ tokens?/)
  }
  const tokens = await Promise.all(
    (await ways.all()).map(async (way) => Number(/([\d,]+) tokens in/.exec(await way.innerText())?.[1]?.replaceAll(',', ''))),
  )
  const [whole = 0, memory = 0, recent = 0] = tokens
  expect(whole).toBeGreaterThan(memory)
  expect(memory).toBeGreaterThan(recent)

  // Nothing of it is known elsewhere.
  await chat.newChat()
  const elsewhere = await chat.say('Which neighbour has the spare key to our house, Ines Okafor?')
  await chat.openReceipt(elsewhere)
  const receipt = await chat.downloadReceipt()
  expect(receipt.sections.find(({ name }) => name === 'recalled')?.items ?? []).toEqual([])

  await chat.conversations.getByRole('link', { name: /^Example/ }).click()
  await note.getByRole('button', { name: 'Remove example' }).press('Enter')
  await expect(chat.conversations.getByRole('link', { name: /^Example/ })).toBeHidden()
  await expect(page.getByText(/deleted\. It can be brought back/)).toBeVisible()
})

test('the example is found again, not made twice', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await page.getByRole('button', { name: /^See it on an example/ }).click()
  await expect(chat.message).toHaveValue(/spare key/)
  const address = page.url()
  await chat.newChat()
  await page.getByRole('button', { name: /^See it on an example/ }).click()
  await expect(chat.replies.last()).toContainText('Written by us')
  expect(page.url()).toBe(address)
  await expect(chat.conversations.getByRole('link', { name: /^Example/ })).toHaveCount(1)
})
