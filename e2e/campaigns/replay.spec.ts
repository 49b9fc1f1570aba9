import { driver } from '../driver.ts'
import { expect, test } from '../fixtures/test.ts'

/**
 * Replies of a real model, greedy, each made again from its receipt: how many are the same, letter for letter, and what is
 * said of those that are not. Every second chat goes on for two turns, so that some prompts were read on top of a cache.
 * `npm run campaign:replay`; ENGINE chooses cpu or gpu, REPLIES how many.
 */
const runsOn = process.env.ENGINE === 'gpu' ? 'gpu' : 'cpu'
const replies = Number(process.env.REPLIES ?? 20)

test(`${replies} replies made again on the ${runsOn}`, async ({ page }) => {
  test.setTimeout(5_400_000)
  const settings = { runsOn, replyTokens: 24, temperature: 0, windows: { 'smollm2-135m': 2048 } }
  const chat = driver(page)
  await chat.open(`/?settings=${encodeURIComponent(JSON.stringify(settings))}`)
  await chat.loadModel(600_000)
  const said: string[] = []
  for (let made = 0; made < replies; ) {
    await chat.newChat()
    for (let turn = 0; turn < 1 + (made % 2) && made < replies; turn++, made++) {
      const reply = await chat.say(`Tell me one thing about the number ${made * 7 + 3}.`, 900_000)
      await chat.openReceipt(reply)
      await chat.receipt.getByRole('button', { name: 'Run again' }).click()
      await chat.receipt.getByRole('button', { name: 'Run', exact: true }).click()
      const status = chat.receipt.getByRole('status').first()
      await expect(status).toHaveText(/^The reply is/, { timeout: 900_000 })
      said.push((await status.textContent()) ?? '')
      console.log(`${said.length}: ${said.at(-1)}`)
      await chat.receipt.getByRole('button', { name: /close/i }).click()
    }
  }
  const same = said.filter((words) => words.includes('letter for letter')).length
  console.log(`${same} of ${said.length} the same\n${said.filter((words) => !words.includes('letter for letter')).join('\n')}`)
  expect(said.length).toBe(replies)
})

test(`what differs is named: another seed on the ${runsOn}, then another engine`, async ({ page }) => {
  test.setTimeout(1_800_000)
  const address = (engine: string) => {
    const settings = { runsOn: engine, replyTokens: 16, temperature: 0.9, windows: { 'smollm2-135m': 1024 } }
    return `/?settings=${encodeURIComponent(JSON.stringify(settings))}`
  }
  const chat = driver(page)
  const status = chat.receipt.getByRole('status').first()
  await chat.open(address(runsOn))
  await chat.loadModel(600_000)
  await chat.openReceipt(await chat.say('Tell me something about rivers.', 900_000))
  await chat.receipt.getByRole('button', { name: 'Run again' }).click()
  await chat.receipt.getByRole('radio', { name: 'Other seed' }).check({ force: true })
  await chat.receipt.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(status).toHaveText(/^The reply is/, { timeout: 900_000 })
  console.log(await status.textContent())
  await expect(status).toContainText('It was made with another seed')

  await chat.open(address(runsOn === 'cpu' ? 'gpu' : 'cpu'))
  await chat.conversations.getByText('Tell me something about rivers').click()
  await chat.loadModel(600_000)
  await chat.openReceipt(chat.replies.last())
  await chat.receipt.getByRole('button', { name: 'Run again' }).click()
  await chat.receipt.getByRole('button', { name: 'Run', exact: true }).click()
  await expect(status).toHaveText(/^The reply is/, { timeout: 900_000 })
  console.log(await status.textContent())
  await expect(status).toContainText('It ran on another engine')
})
