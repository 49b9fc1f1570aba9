import { jsonLines } from '../../tools/campaign/json-lines.ts'
import { driver } from '../driver.ts'
import { expect, test } from '../fixtures/test.ts'

/**
 * Replies of a real model, greedy, each made again from its receipt: how many are the same, letter for letter, and what is
 * said of those that are not. Every second chat goes on for two turns, so that some prompts were read on top of a cache.
 * `npm run campaign:replay`; ENGINE chooses cpu or gpu, REPLIES how many, MINUTES after how long no further chat is begun:
 * run again it goes on where it stopped.
 */
const runsOn = process.env.ENGINE === 'gpu' ? 'gpu' : 'cpu'
const replies = Number(process.env.REPLIES ?? 20)
const minutes = Number(process.env.MINUTES ?? 6)

test(`${replies} replies made again on the ${runsOn}`, async ({ page }) => {
  test.setTimeout(5_400_000)
  const until = Date.now() + minutes * 60_000
  const results = jsonLines<string>(`replay-${runsOn}`)
  const said = [...results.read()]
  const settings = {
    runsOn,
    replyTokens: 16,
    temperature: 0,
    instructions: 'You answer in one sentence.',
    windows: { 'smollm2-135m': 1024 },
  }
  const chat = driver(page)
  await chat.open(`/?settings=${encodeURIComponent(JSON.stringify(settings))}`)
  await chat.loadModel(600_000)
  while (said.length < replies && Date.now() < until) {
    await chat.newChat()
    const turns = 1 + (said.length % 2)
    for (let turn = 0; turn < turns && said.length < replies; turn++) {
      const reply = await chat.say(`Tell me one thing about the number ${said.length * 7 + 3}.`, 900_000)
      await chat.openReceipt(reply)
      await chat.receipt.getByRole('button', { name: 'Run again' }).click()
      await chat.receipt.getByRole('button', { name: 'Run', exact: true }).click()
      const status = chat.receipt.getByRole('status').first()
      await expect(status).toHaveText(/^The reply is/, { timeout: 900_000 })
      const words = (await status.textContent()) ?? ''
      said.push(words)
      results.add(words)
      console.log(`${said.length}: ${words}`)
      await chat.receipt.getByRole('button', { name: /close/i }).click()
    }
  }
  const same = said.filter((words) => words.includes('letter for letter')).length
  console.log(`${same} of ${said.length} the same\n${said.filter((words) => !words.includes('letter for letter')).join('\n')}`)
  test.skip(said.length < replies, `${said.length} of ${replies} so far: run it again to go on`)
  expect(same).toBe(replies)
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
