import { driver } from '../driver.ts'
import { expect, test } from '../fixtures/test.ts'

/**
 * Twenty turns of one epoch with a real engine: what was predicted, what the engine read and what it reused, turn by turn.
 * `npm run campaign:reuse`; ENGINE chooses gpu or cpu, TURNS how many.
 */
const runsOn = process.env.ENGINE === 'cpu' ? 'cpu' : 'gpu'
const turns = Number(process.env.TURNS ?? 20)

test(`${turns} turns on the ${runsOn}: only what is new is read`, async ({ page }) => {
  test.setTimeout(5_400_000)
  const settings = { runsOn, replyTokens: 12, temperature: 0, memory: false, windows: { 'smollm2-135m': 4096 } }
  const chat = driver(page)
  await chat.open(`/?settings=${encodeURIComponent(JSON.stringify(settings))}`)
  await chat.loadModel(600_000)
  const rows: string[] = []
  let read = 0
  let fresh = 0
  for (let turn = 1; turn <= turns; turn++) {
    const reply = await chat.say(`Turn ${turn}: say something about the number ${turn * 3}.`, 900_000)
    await chat.openReceipt(reply)
    const { predicted, actual, epoch } = await chat.downloadReceipt()
    if (!actual) throw new Error('The receipt has no actual usage.')
    expect(actual.inputTokens).toBe(predicted.inputTokens)
    expect(epoch.turn).toBe(turn)
    const newTokens = predicted.inputTokens - predicted.cachedInputTokens
    const readTokens = actual.inputTokens - actual.cachedInputTokens
    rows.push([turn, predicted.inputTokens, newTokens, readTokens, actual.cachedInputTokens].join('\t'))
    if (turn > 1) {
      read += readTokens
      fresh += newTokens
    }
    await chat.receipt.getByRole('button', { name: /close/i }).click()
  }
  console.log(`turn\tprompt\tpredicted to read\tread\treused\n${rows.join('\n')}`)
  console.log(`after the first turn: ${fresh} tokens were new, ${read} were read`)
  // The engine reads at least the last token anew, to have its prediction.
  expect(read).toBeLessThanOrEqual(fresh + turns)
})
