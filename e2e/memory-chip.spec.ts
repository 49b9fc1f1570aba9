import { driver } from './driver.ts'
import { learned, remember, wrote } from './fixtures/remember.ts'
import { expect, test } from './fixtures/test.ts'

test('after a reply a chip says what memory learned, is announced, and takes it back', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('I live in Lisbon and keep two cats.')
  const reply = await chat.say('I live in Porto now, and start work on Monday.')
  // As the job after a reply writes it.
  const conversationId = await page.evaluate(() => location.hash.split('/')[2] as `conv:${string}`)
  const id = (await chat.yours.last().getAttribute('data-message-id')) as `msg:${string}`
  const createdAt = Date.now() - 1000
  const message = {
    id,
    conversationId,
    role: 'user',
    text: 'I live in Porto now, and start work on Monday.',
    createdAt,
    status: 'complete',
  } as const
  const lisbon = learned('a', 'Lives in Lisbon', message, 'I live')
  const porto = learned('b', 'Lives in Porto', message, 'I live in Porto')
  await remember(page, {
    ops: [
      wrote(lisbon, conversationId),
      wrote(learned('c', 'Keeps two cats', message, 'I live'), conversationId),
      wrote(porto, conversationId, lisbon),
    ],
  })
  const chip = reply.getByRole('button', { name: 'Memory changed: +2 facts, 1 replaced' })
  await expect(chip).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Memory changed: +2 facts, 1 replaced.' })).toBeAttached()

  await chip.press('Enter')
  await expect(chip).toHaveAttribute('aria-expanded', 'true')
  await expect(reply.getByRole('listitem').filter({ hasText: 'Lives in Porto' })).toContainText('was: Lives in Lisbon')

  await reply.getByRole('button', { name: /^Undo the changes of memory/ }).press('Enter')
  const undone = reply.getByRole('button', { name: 'Memory changes taken back: +2 facts, 1 replaced' })
  await expect(undone).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Taken back: +2 facts, 1 replaced' })).toBeAttached()
  await reply.getByRole('button', { name: /^Bring back the changes of memory/ }).press('Enter')
  await expect(chip).toBeVisible()
  await reply.getByRole('link', { name: 'Lives in Porto' }).click()
  await expect(page.getByRole('complementary', { name: 'Memory' }).getByRole('heading', { name: 'Lives in Porto' })).toBeVisible()
})
