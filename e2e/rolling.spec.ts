import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

const box = (number: number) => `Box ${number} holds ${(number * 37) % 91} red pens and ${(number * 53) % 67} blue cups.`
const settings = JSON.stringify({ windows: { tiny: 1024 }, memory: false, replyTokens: 16 })

test('a rolling window is chosen for a model, reads more than its cache keeps, and the receipt names what rolled out', async ({
  page,
}) => {
  test.setTimeout(300_000)
  await page.goto(`/?${new URLSearchParams({ engine: 'tiny', settings })}#/models`)
  const kind = page.getByRole('combobox', { name: 'Kind of window of Tiny (test fixture)' })
  await expect(kind).toHaveValue('off')
  await kind.selectOption('on')
  await expect(page.getByText(/^Reads prompts of up to 4,096 tokens in the memory of 1,024: it keeps the first 4/)).toBeVisible()

  const chat = driver(page)
  await chat.open(`/?${new URLSearchParams({ engine: 'tiny' })}`)
  await chat.loadModel()
  const short = await chat.say('Who are you?')
  await chat.openReceipt(short)
  await expect(chat.receipt.getByText('nothing of this prompt rolled out before the reply began')).toBeVisible()

  const reply = await chat.say(Array.from({ length: 40 }, (_, at) => box(at + 1)).join(' '), 200_000)
  await chat.openReceipt(reply)
  const receipt = await chat.downloadReceipt()
  const total = receipt.actual?.inputTokens ?? 0
  expect(receipt.window).toMatchObject({ size: 4096, rolling: { keptTokens: 1024, sinkTokens: 4 } })
  expect(total).toBeGreaterThan(1024)
  const written = (tokens: number) => tokens.toLocaleString('en-GB')
  await expect(
    chat.receipt.getByText(
      `The model saw the first 4 and the last 1,020 of ${written(total)} tokens when the reply began. The ${written(total - 1024)} between were read, and had rolled out.`,
    ),
  ).toBeVisible()
  await chat.receipt.getByRole('button', { name: /^Recent turns part new/ }).click()
  await expect(chat.receipt.getByText('rolled out', { exact: true }).first()).toBeVisible()
})
