import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

/** The built-in model, short greedy replies: what is tested is the path, not the prose. */
function address(runsOn: 'gpu' | 'cpu', windowTokens = 2048): string {
  const settings = { runsOn, replyTokens: 8, temperature: 0, windows: { 'smollm2-135m': windowTokens } }
  return `/?settings=${encodeURIComponent(JSON.stringify(settings))}`
}

for (const runsOn of ['gpu', 'cpu'] as const) {
  test(`the built-in model on the ${runsOn}: three turns, a reload, a next turn, and recall in a second conversation`, async ({
    profile,
  }) => {
    test.setTimeout(900_000)
    const turn = 300_000
    const context = await profile.open()
    const chat = driver(context.pages()[0] ?? (await context.newPage()))
    await chat.open(address(runsOn))
    await chat.loadModel(300_000)
    await chat.say('My sister Ada keeps bees in Ghent.', turn)
    await chat.say('Name one flower.', turn)
    await chat.say('Thank you.', turn)
    const source = await chat.yours.first().getAttribute('data-message-id')

    await chat.page.reload()
    await chat.conversations.getByText('My sister Ada keeps bees in Ghent').click()
    await expect(chat.articles).toHaveCount(6)
    await expect.poll(chat.engine, { timeout: 300_000 }).toBe('ready')
    const next = await chat.say('Hello again.', turn)
    await chat.openReceipt(next)
    const exact = await chat.downloadReceipt()
    expect(exact.actual?.inputTokens).toBe(exact.predicted.inputTokens)

    await chat.newChat()
    const reply = await chat.say('Where does my sister Ada keep bees?', turn)
    await chat.openReceipt(reply)
    const receipt = await chat.downloadReceipt()
    expect(receipt.actual?.inputTokens).toBe(receipt.predicted.inputTokens)
    const recalled = receipt.sections.find(({ name }) => name === 'recalled')?.items ?? []
    expect(recalled.some(({ messageId }) => messageId === source)).toBe(true)
    await chat.receipt.getByRole('button', { name: /^Recalled (new|reused|part new)/ }).click()
    await chat.receipt.locator(`a[href*="${source}"]`).first().click()
    await expect(chat.page.locator(`article[data-message-id="${source}"]`)).toBeVisible()
  })
}

test('a conversation longer than the window: epochs close, summaries have versions and spans, no turn fails', async ({
  page,
}) => {
  test.setTimeout(900_000)
  const chat = driver(page)
  await chat.open(address('cpu', 1024))
  await chat.loadModel(300_000)
  let closed = 0
  for (let turn = 1; turn <= 16; turn++) {
    const text = `Note ${turn}: on ${turn} March the harbour master counted ${turn * 7} crates of oranges on the ship Aurora, and paid ${turn * 13} euros for the storage of each of them in the old hall by the river.`
    const reply = await chat.say(text, 120_000)
    await chat.openReceipt(reply)
    const receipt = await chat.downloadReceipt()
    expect(receipt.actual?.inputTokens).toBe(receipt.predicted.inputTokens)
    if (receipt.epoch.reason === 'pressure' && receipt.epoch.turn === 1) {
      closed++
      expect(receipt.sections.find(({ name }) => name === 'summary')?.tokens).toBeGreaterThan(0)
      const left = receipt.dropped.filter(({ section }) => section === 'turns').map(({ reason }) => reason.type)
      expect(new Set(left)).toEqual(new Set(['folded']))
    }
    await chat.receipt.getByRole('button', { name: /close/i }).click()
  }
  expect(closed).toBeGreaterThan(1)
  await page.getByRole('link', { name: 'Memory', exact: true }).first().click()
  await expect(page.getByText(/extracted/i).first()).toBeVisible()
  await page.locator('a[href*="#/memory/mem"]').first().click()
  await expect(page.getByText(/version [2-9]/).first()).toBeVisible()
  await expect(page.getByText(/turns 1–\d+, \d+ messages/).first()).toBeVisible()
})

test('the example on the built-in model: one question answered three ways, each with its tokens and seconds', async ({
  page,
}, info) => {
  test.setTimeout(900_000)
  const chat = driver(page)
  const settings = { runsOn: 'cpu', replyTokens: 32, temperature: 0 }
  await chat.open(`/?settings=${encodeURIComponent(JSON.stringify(settings))}`)
  await page.getByRole('button', { name: /^See it on an example/ }).click()
  await expect(chat.message).toHaveValue(/spare key/)
  await chat.loadModel(300_000)
  const reply = await chat.say(await chat.message.inputValue(), 300_000)
  await chat.openReceipt(reply)
  const recorded = await chat.downloadReceipt()
  const recalled = recorded.sections.find(({ name }) => name === 'recalled')?.items ?? []
  expect(recalled.some(({ text }) => text.includes('Ines Okafor'))).toBe(true)
  await page.getByRole('button', { name: 'Answer three ways' }).click()
  const ways = chat.receipt.getByRole('region', { name: 'Three ways' }).getByRole('listitem')
  await expect(ways).toHaveCount(3)
  for (const way of await ways.all()) {
    await expect(way).toContainText(/[\d,]+ tokens in the prompt/, { timeout: 300_000 })
    await expect(way).toContainText(/[\d.]+ (?:min|s).* to read, [\d.]+ s to write \d+ tokens?/)
    await expect(way).not.toContainText('reused')
    info.annotations.push({ type: 'way', description: (await way.innerText()).replaceAll('\n', ' · ') })
  }
})
