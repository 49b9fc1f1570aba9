import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

test('[C60] [E82] a chat is held to JSON by a schema that is checked while it is written; the receipt says so, and that the reply fits', async ({
  page,
}) => {
  const chat = driver(page)
  await chat.open('/?engine=scripted')
  await chat.loadModel()
  await page.getByRole('button', { name: 'Replies as JSON' }).click()
  const dialog = page.getByRole('dialog', { name: 'Replies as JSON' })
  await dialog.getByRole('switch', { name: 'Reply as JSON' }).click()
  const schema = dialog.getByRole('textbox', { name: 'Schema' })
  await schema.fill('{"type": "object", "patternProperties": {}}')
  await expect(dialog.getByRole('status')).toContainText('The schema says “patternProperties”')
  await expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled()
  await schema.fill('{"type": "object", "properties": {"sure": {"type": "boolean"}}, "required": ["sure"]}')
  await expect(dialog.getByRole('status')).toHaveText('')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('button', { name: 'Replies as JSON' })).toHaveAttribute('aria-pressed', 'true')
  const reply = await chat.say('Is it?')
  await expect(reply).toContainText('{"sure":true}')
  await chat.openReceipt(reply)
  await expect(chat.receipt).toContainText('Held to JSON')
  await expect(chat.receipt).toContainText('the reply fits')
  expect((await chat.downloadReceipt()).sampling.jsonSchema).toContain('"sure"')
})
