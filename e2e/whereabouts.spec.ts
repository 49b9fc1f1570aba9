import AxeBuilder from '@axe-core/playwright'
import { driver } from './driver.ts'
import { knownWorld } from './fixtures/known-world.ts'
import { memoryPage } from './fixtures/memory-page.ts'
import { expect, test } from './fixtures/test.ts'

test('an old message is asked after: left out with the reason, pinned and answered again, by keyboard', async ({ page }) => {
  const chat = driver(page)
  const settings = { windows: { scripted: 512 } }
  await chat.open(`/?engine=scripted&settings=${encodeURIComponent(JSON.stringify(settings))}`)
  await chat.loadModel()
  await chat.say('My sister Ada keeps bees in Ghent.')
  for (let turn = 1; turn <= 7; turn++)
    await chat.say(`Note ${turn}: the harbour master counted ${turn * 7} crates of oranges on the ship Aurora in the old hall.`)
  await chat.yours.last().focus()
  await page.keyboard.press('Home')
  const first = chat.yours.filter({ hasText: 'Ada keeps bees' })
  await expect(first).toBeFocused()
  await first.getByRole('button', { name: 'Was it remembered?' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Was it remembered?' })
  await expect(dialog).toContainText(/left out|summary|not found/)
  const before = await chat.page.evaluate(() => [...document.querySelectorAll('article')].at(-1)?.dataset.messageId ?? '')
  const again = dialog.getByRole('button', { name: 'Pin it and answer again' })
  await expect(again).toBeEnabled()
  await again.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText('The plan of this chat was changed')).toBeVisible()
  await chat.message.focus()
  await expect(chat.replies.last()).not.toHaveAttribute('data-message-id', before)
  await expect(chat.replies.last()).toHaveAttribute('data-status', 'complete')
  await chat.openReceipt(chat.replies.last())
  const receipt = await chat.downloadReceipt()
  const pinned = receipt.sections.flatMap(({ items }) => items).filter(({ text }) => text.includes('Ada keeps bees'))
  expect(pinned.length).toBeGreaterThan(0)
})

test('a memory is asked after: where it stood in the newest prompts, what kept it out, pinned and answered again', async ({
  page,
}) => {
  const memory = memoryPage(page)
  const chat = driver(page)
  await memory.open(knownWorld(Date.now()))
  await chat.newChat()
  await chat.loadModel()
  await chat.say('When should I feed the starter?')
  await memory.goTo()

  // What is pinned goes into every prompt.
  await memory.row(/^Fact Bakes on Sundays/).click()
  await memory.detail.getByRole('button', { name: 'Was it remembered?' }).press('Enter')
  await expect(memory.dialog).toContainText(/In the prompt as Y\d+, About you: pinned\./)
  await expect(memory.dialog.getByRole('button', { name: /^Pin it/ })).toHaveCount(0)
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.keyboard.press('Escape')

  // An event stands in no head; its words are not near the question.
  await memory.row(/^Event Starts work in Ghent/).click()
  await memory.detail.getByRole('button', { name: 'Was it remembered?' }).click()
  await expect(memory.dialog).toContainText(/It was not offered for this prompt|Left out: /)
  const before = await memory.dialog.getByRole('listitem').count()
  expect(before).toBe(1)
  await memory.dialog.getByRole('button', { name: /^Pin it and answer/ }).click()
  await expect(chat.yours.last()).toContainText('When should I feed the starter?')
  await expect(page.getByText('The plan of this chat was changed')).toBeVisible()
  await expect(chat.replies.last()).toContainText('2/2')
  await chat.openReceipt(chat.replies.last())
  const receipt = await chat.downloadReceipt()
  const entered = receipt.sections.flatMap(({ items }) => items).filter(({ text }) => text.includes('Starts work in Ghent'))
  expect(entered).toHaveLength(1)

  // Now the newest prompt has it, and the line leads to its receipt.
  await memory.goTo()
  await memory.row(/^Event Starts work in Ghent/).click()
  await memory.detail.getByRole('button', { name: 'Was it remembered?' }).click()
  await expect(memory.dialog.getByRole('listitem').first()).toContainText(/In the prompt as R\d+/)
  await memory.dialog.getByRole('button', { name: 'Open its receipt' }).first().click()
  await expect(chat.receipt).toBeVisible()
})
