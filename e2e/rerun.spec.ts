import AxeBuilder from '@axe-core/playwright'
import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

test('a reply is made again, without an item, three ways, and what made it is found; its sentences lead to their sources', async ({
  page,
}) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('My sister Ada keeps bees in Ghent.')
  const reply = await chat.say('What does my sister Ada keep in Ghent?')
  await chat.openReceipt(reply)
  const { receipt } = chat

  await receipt.getByRole('button', { name: 'Sources' }).press('Enter')
  const told = receipt
    .getByRole('listitem')
    .filter({ hasText: /^I answer by a rule/ })
    .first()
  await expect(told).toContainText('quoted')
  await expect(told.getByRole('link').first()).toBeVisible()
  expect((await new AxeBuilder({ page }).include('[aria-label="Receipt"]').analyze()).violations).toEqual([])

  await receipt.getByRole('button', { name: 'Run again' }).press('Enter')
  const status = receipt.getByRole('status').first()
  await receipt.getByRole('button', { name: 'Run', exact: true }).press('Enter')
  await expect(status).toHaveText('The reply is the same, letter for letter.')

  // The scripted model has no use for a seed.
  await receipt.getByRole('radio', { name: 'Other seed' }).check({ force: true })
  await receipt.getByRole('button', { name: 'Run', exact: true }).press('Enter')
  await expect(receipt.getByRole('region', { name: 'Now, another seed' })).toContainText('It is number')
  await expect(status).toHaveText('The reply is the same, letter for letter.')

  await receipt.getByRole('radio', { name: 'Without…' }).check({ force: true })
  await expect(receipt.getByRole('button', { name: 'Run', exact: true })).toBeDisabled()
  await receipt.getByRole('checkbox', { name: /^All of Recent turns/ }).press('Space')
  await receipt.getByRole('button', { name: 'Run', exact: true }).press('Enter')
  await expect(status).toContainText('alike in its words')
  await expect(receipt.getByRole('region', { name: /^Now, without 2 items/ })).toContainText('It is number 1 of those')
  expect((await new AxeBuilder({ page }).include('[aria-label="Receipt"]').analyze()).violations).toEqual([])

  // What was taken out was asked of: without it the reply is far less likely to the engine.
  await receipt.getByRole('button', { name: 'Compare how likely' }).press('Enter')
  await expect(
    receipt.getByText(/^Without, the recorded reply is .* times less likely\. Its log-probability per token/),
  ).toContainText('Scored by Scripted on this device.')
  expect((await new AxeBuilder({ page }).include('[aria-label="Receipt"]').analyze()).violations).toEqual([])

  await receipt.getByRole('radio', { name: 'Three ways' }).check({ force: true })
  await receipt.getByRole('button', { name: 'Answer three ways' }).press('Enter')
  const ways = receipt.getByRole('region', { name: 'Three ways' }).getByRole('listitem')
  await expect(ways).toHaveCount(3)
  for (const way of await ways.all()) await expect(way).toContainText(/to read, .* to write \d+ tokens?/)
  await expect(receipt.getByText(/reused/)).toHaveCount(0)
  // Side by side: one beginning of the three.
  const tops = await Promise.all((await ways.all()).map(async (way) => (await way.boundingBox())?.y))
  expect(new Set(tops).size).toBe(1)
  expect((await new AxeBuilder({ page }).include('[aria-label="Receipt"]').analyze()).violations).toEqual([])

  await receipt.getByRole('radio', { name: 'What made it' }).check({ force: true })
  await receipt.getByRole('button', { name: 'Find what made it' }).press('Enter')
  await expect(receipt.getByText(/^Found after \d+ runs?:/)).toBeVisible()
  await expect(receipt.getByText('alone:').first()).toBeVisible()

  // Nothing of it was stored, and the chat goes on.
  await chat.say('Thank you.')
  await expect(chat.articles).toHaveCount(6)
})
