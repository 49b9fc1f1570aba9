import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

test('a conversation survives a reload and goes on', async ({ profile }) => {
  const context = await profile.open()
  const chat = driver(context.pages()[0] ?? (await context.newPage()))
  await chat.open()
  await chat.loadModel()
  await chat.say('My sister Ada keeps bees in Ghent.')
  await chat.say('What did I say about my sister?')
  await chat.page.reload()
  await expect(chat.conversations.getByText('My sister Ada keeps bees in Ghent')).toBeVisible()
  await chat.conversations.getByText('My sister Ada keeps bees in Ghent').click()
  await expect(chat.articles).toHaveCount(4)
  await expect.poll(chat.engine).toBe('ready')
  await chat.say('And where does she live?')
  await expect(chat.articles).toHaveCount(6)
})

test('every reply has a receipt whose sections sum to what the engine read', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('First message')
  const reply = await chat.say('Second message')
  await chat.openReceipt(reply)
  const receipt = await chat.downloadReceipt()
  expect(receipt.schema).toBe('longhand.receipt')
  const sum = receipt.sections.reduce((tokens, section) => tokens + section.tokens, 0)
  expect(sum).toBe(receipt.predicted.inputTokens)
  expect(receipt.actual?.inputTokens).toBe(sum)
  expect(receipt.actual?.cachedInputTokens).toBeGreaterThan(0)
  expect(receipt.epoch.turn).toBe(2)
})

test('a second conversation recalls what the first one said, with a link to the message', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('My bicycle lock code is written under the blue kettle.')
  const source = await chat.yours.first().getAttribute('data-message-id')
  await chat.newChat()
  const reply = await chat.say('Where is the bicycle lock code written?')
  await chat.openReceipt(reply)
  const receipt = await chat.downloadReceipt()
  const recalled = receipt.sections.find(({ name }) => name === 'recalled')?.items ?? []
  expect(recalled.map(({ text }) => text).join(' ')).toContain('blue kettle')
  await chat.receipt.getByRole('button', { name: /^Recalled (new|reused|part new)/ }).click()
  const link = chat.receipt.locator(`a[href*="${encodeURIComponent(source ?? '')}"], a[href*="${source}"]`).first()
  await expect(link).toBeVisible()
  await link.click()
  await expect(page.locator(`article[data-message-id="${source}"]`)).toBeVisible()
})

test('edits and regenerations are siblings; nothing is overwritten', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('One')
  const first = await chat.replies.first().getAttribute('data-message-id')
  await chat.replies.first().hover()
  await chat.replies
    .first()
    .getByRole('button', { name: /regenerate/i })
    .click()
  await expect(chat.replies.first()).not.toHaveAttribute('data-message-id', first ?? '')
  await expect(chat.replies.first()).toHaveAttribute('data-status', 'complete')
  await expect(chat.replies.first()).toContainText('2/2')
  await chat.replies
    .first()
    .getByRole('button', { name: /previous version/i })
    .click()
  await expect(chat.replies.first()).toHaveAttribute('data-message-id', first ?? '')
})

test('a stopped reply keeps its part and can be continued', async ({ page }) => {
  const chat = driver(page)
  await chat.open('/?engine=scripted&speed=10')
  await chat.loadModel()
  await chat.message.fill('Tell me a long story about lighthouses')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  const reply = chat.replies.last()
  await expect(reply).toHaveAttribute('data-status', 'streaming')
  await expect(reply).toContainText('You told me')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(reply).toHaveAttribute('data-status', 'stopped')
  await reply.getByRole('button', { name: /continue/i }).click()
  await expect(chat.replies.last()).toHaveAttribute('data-status', 'complete', { timeout: 60_000 })
})

test('a conversation longer than the window closes epochs and is summarised', async ({ page }) => {
  test.slow()
  const chat = driver(page)
  await chat.open('/?engine=scripted&window=1024')
  await chat.loadModel()
  const reasons: string[] = []
  let summarised = false
  for (let turn = 0; turn < 18; turn++) {
    const reply = await chat.say(
      `Turn ${turn}: the harbour master wrote down that ship number ${turn} carried ${turn * 7} crates of oranges.`,
    )
    await chat.openReceipt(reply)
    const receipt = await chat.downloadReceipt()
    reasons.push(receipt.epoch.reason)
    summarised ||= receipt.sections.some(({ name, tokens }) => name === 'summary' && tokens > 0)
    await chat.receipt.getByRole('button', { name: /close/i }).click()
    await expect(chat.receipt).toBeHidden()
  }
  expect(reasons).toContain('pressure')
  expect(summarised).toBe(true)
})

test('deleting a conversation can be undone, and a deleted one is not recalled', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('The marmalade recipe needs nine bitter oranges.')
  const row = chat.conversations.getByText('The marmalade recipe needs nine bitter oranges')
  await row.hover()
  await chat.conversations.getByRole('button', { name: /More about/ }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(row).toBeHidden()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(row).toBeVisible()
})

test('a temporary chat leaves nothing', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await page.getByRole('button', { name: 'Temporary chat', exact: true }).click()
  await chat.say('A secret about the attic')
  await page.reload()
  await expect(chat.message).toBeVisible()
  await expect(chat.conversations.getByText('attic')).toHaveCount(0)
})
