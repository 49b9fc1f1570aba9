import { existsSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { driver } from './driver.ts'
import { setTheme } from './fixtures/screens.ts'
import { expect, test } from './fixtures/test.ts'

const file = '/models/all-minilm-l6-v2/model.gguf'
const start = '/?engine=scripted&embedder=real'

test('the neural model is fetched when it is asked for, and finds what was said in other words', async ({ page }) => {
  test.skip(!existsSync(`.models${file.replace('/models', '')}`), 'npm run embedder:get')
  test.setTimeout(120_000)
  const paths: string[] = []
  page.context().on('request', (request) => paths.push(new URL(request.url()).pathname))
  const chat = driver(page)
  await chat.open(start)
  await chat.loadModel()
  await chat.say('I am allergic to peanuts.')
  await chat.say('My sister plays the cello in an orchestra.')
  expect(paths).not.toContain(file)

  await page.goto(`${start}#/settings/memory`)
  await page.getByText('Neural', { exact: true }).click()
  await expect(page.getByText('2 messages of yours can be found by their sentences')).toBeVisible({ timeout: 60_000 })
  expect(paths).toContain(file)
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }

  await chat.newChat()
  // The preview asks for the vector while a person still writes; a busy machine needs longer than the turn would wait.
  await chat.message.fill('Who in my family makes music?')
  await page.waitForTimeout(2000)
  const reply = await chat.say('Who in my family makes music?')
  await chat.openReceipt(reply)
  const { embedder, sections } = await chat.downloadReceipt()
  expect(embedder?.state).toBe('used')
  const recalled = sections.find(({ name }) => name === 'recalled')?.items ?? []
  const likenessOf = (words: string) =>
    recalled.find(({ text }) => text.includes(words))?.score?.parts.find(({ name }) => name === 'likeness')?.contribution ?? 0
  expect(likenessOf('cello')).toBeGreaterThan(0)
  expect(likenessOf('cello')).toBeGreaterThan(likenessOf('peanuts'))
})

test('where the neural model is not on the server, the page says how it is had', async ({ page }) => {
  await page.route(`**${file}`, (route) => route.fulfill({ status: 404 }))
  await driver(page).open(start)
  await page.goto(`${start}#/settings/memory`)
  await page.getByText('Neural', { exact: true }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'npm run embedder:get' })).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.getByText('Small', { exact: true }).last().click()
  await expect(page.getByText('npm run embedder:get')).toHaveCount(0)
})
