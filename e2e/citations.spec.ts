import AxeBuilder from '@axe-core/playwright'
import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

const reply = 'Ada keeps bees in Ghent [R1]. She also has a goat [R9]. “My sister Ada keeps bees in Ghent” [R1].'

test('replies are asked to name what they draw on; what they name is checked and leads to its source', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('My sister Ada keeps bees in Ghent.')
  const source = await chat.yours.first().getAttribute('data-message-id')
  await chat.newChat()
  await chat.say('Hello.')
  // From here on it names sources: had an earlier reply named them, no line would get these numbers.
  await chat.open(`/?${new URLSearchParams({ engine: 'scripted', reply })}`)
  await chat.conversations.getByRole('link', { name: /^Hello/ }).click()
  await expect.poll(chat.engine).toBe('ready')
  const sources = page.getByRole('list', { name: 'Sources named in the reply' })
  await expect(sources).toHaveCount(0)

  await page.getByRole('button', { name: 'Memory of this chat' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Memory of this chat' })
  await dialog.getByRole('radio', { name: 'By number' }).check({ force: true })
  await expect(dialog).toContainText('Each number costs about 5 tokens')
  await expect(dialog.getByRole('status')).toContainText('tokens are read anew')
  expect((await new AxeBuilder({ page }).include('dialog[open]').analyze()).violations).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).press('Enter')

  const cited = await chat.say('Where does my sister Ada keep bees?')
  await expect(sources).toHaveCount(1)
  const sentences = sources.getByRole('listitem').filter({ has: page.getByRole('list') })
  await expect(sentences).toHaveCount(3)
  await expect(sentences.nth(0)).toContainText(/R1\s*refers to|R1\s*quoted/)
  await expect(sentences.nth(1)).toContainText('R9names nothing that was in the prompt')
  await expect(sentences.nth(2)).toContainText('R1quoted')
  expect((await new AxeBuilder({ page }).include('main').analyze()).violations).toEqual([])
  await chat.openReceipt(cited)
  await expect(chat.receipt).toContainText('asked to name what it draws on by number')
  const receipt = await chat.downloadReceipt()
  expect(receipt).toMatchObject({ readMode: 'cite', epoch: { reason: 'settings-changed' } })
  expect(receipt.promptText).toContain('[R1] User: My sister Ada keeps bees in Ghent.')

  await sentences.nth(0).getByRole('link').click()
  await expect(page.locator(`article[data-message-id="${source}"]`)).toBeVisible()
})
