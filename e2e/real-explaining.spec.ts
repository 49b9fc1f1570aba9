import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

/** All that asks the engine about a reply, with the built-in model: `ENGINE=gpu` drives the other engine. */
const runsOn = process.env.ENGINE === 'gpu' ? 'gpu' : 'cpu'

test(`a reply of the built-in model on the ${runsOn} is run again, without an item, searched for what made it, and led to its sources`, async ({
  page,
}, info) => {
  test.setTimeout(900_000)
  const slow = { timeout: 300_000 }
  const settings = {
    runsOn,
    replyTokens: 14,
    temperature: 0,
    instructions: 'You answer in one sentence.',
    windows: { 'smollm2-135m': 1024 },
  }
  const chat = driver(page)
  const { receipt } = chat
  await chat.open(`/?settings=${encodeURIComponent(JSON.stringify(settings))}`)
  await chat.loadModel(300_000)
  await chat.say('Hello.', slow.timeout)
  const asked = 'The code of the garden door is 4711. What is the code of the garden door?'
  const reply = await chat.say(asked, slow.timeout)
  await expect(reply).toContainText(/4711/)
  await chat.openReceipt(reply)
  const { inputTokens } = (await chat.downloadReceipt()).predicted
  const run = receipt.getByRole('button', { name: 'Run', exact: true })
  const status = receipt.getByRole('status').first()

  await receipt.getByRole('button', { name: 'Sources' }).press('Enter')
  await expect(receipt.getByRole('listitem').filter({ hasText: /4711/ }).first()).toContainText('quoted')

  await receipt.getByRole('button', { name: 'Run again' }).press('Enter')
  await run.press('Enter')
  await expect(status).toHaveText('The reply is the same, letter for letter.', slow)

  await receipt.getByRole('radio', { name: 'Without…' }).check({ force: true })
  await receipt.getByRole('checkbox', { name: /^All of Instructions/ }).press('Space')
  await run.press('Enter')
  const without = receipt.getByRole('region', { name: /^Now, without/ })
  await expect(without).toBeVisible(slow)
  await expect(status).toHaveText(/^The reply is/, slow)
  info.annotations.push({ type: 'without', description: (await without.innerText()).replaceAll('\n', ' · ') })

  await receipt.getByRole('radio', { name: 'What made it' }).check({ force: true })
  await receipt.getByRole('button', { name: 'Find what made it' }).press('Enter')
  await expect(receipt.getByText(/^Found after \d+ runs?:/)).toBeVisible(slow)

  // The chat goes on from what the engine holds: nothing of it was stored, and little is read anew.
  const next = await chat.say('Thank you.', slow.timeout)
  await expect(chat.articles).toHaveCount(6)
  await chat.openReceipt(next)
  const { actual } = await chat.downloadReceipt()
  expect(actual?.cachedInputTokens).toBeGreaterThanOrEqual(inputTokens - 1)
})
