import AxeBuilder from '@axe-core/playwright'
import { driver } from './driver.ts'
import { setTheme } from './fixtures/screens.ts'
import { expect, test } from './fixtures/test.ts'

/** The adapter that the tests run on computes on the CPU, which the product does not take for a GPU. */
const device = JSON.stringify({ gpu: 'real' })
const tiny = `/?${new URLSearchParams({ engine: 'tiny', device })}`
const arctic = 'snowflake-arctic-embed-s-q0f32-MLC-b4'

test('[E101] [E102] an embedder on the GPU is off until chosen, works beside the chat model, and has a say', async ({ page }) => {
  test.setTimeout(300_000)
  const paths: string[] = []
  page.context().on('request', (request) => paths.push(new URL(request.url()).pathname))
  const chat = driver(page)
  await chat.open(tiny)
  await chat.loadModel()
  await chat.say('The red bicycle stands in the cellar.')
  const ofEmbedder = () => paths.filter((path) => path.startsWith('/models/tiny-embedder/'))
  await page.goto(`${tiny}#/settings/memory`)
  await page.getByText('Neural', { exact: true }).click()
  expect(ofEmbedder()).toEqual([])
  await page.getByRole('combobox', { name: 'Neural model' }).selectOption('tiny-embedder')
  await expect(page.getByText('1 message of yours can be found by')).toBeVisible({ timeout: 120_000 })
  expect(ofEmbedder()).toContain('/models/tiny-embedder/lib.wasm')
  await expect.poll(chat.engine, { timeout: 120_000 }).toBe('ready')

  await chat.newChat()
  // The preview asks for the vector while a person still writes; a busy machine needs longer than the turn would wait.
  await chat.message.fill('Where does the bicycle stand?')
  await page.waitForTimeout(3000)
  const reply = await chat.say('Where does the bicycle stand?')
  await chat.openReceipt(reply)
  expect((await chat.downloadReceipt()).embedder).toEqual({ id: 'tiny-embedder', state: 'used' })
})

test('[E101] of the hub’s embedders nothing is fetched here, and it is said where they are had', async ({ page }) => {
  const settings = JSON.stringify({ meaning: 'neural', embedder: arctic })
  const address = `/?${new URLSearchParams({ engine: 'scripted', embedder: 'real', device, settings })}#/settings/memory`
  await page.goto(address)
  const missing = page.getByRole('alert').filter({ hasText: 'The neural model is not in this browser yet.' })
  await expect(missing).toBeVisible({ timeout: 60_000 })
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme)
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  }
  await missing.getByRole('link', { name: /^Download/ }).click()
  await expect(page.getByRole('heading', { name: 'Arctic Embed S' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Back to Longhand' })).toHaveAttribute('href', '/#/settings')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
})

test('[E101] without a GPU none is on the list', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, 'gpu', { value: undefined }))
  const settings = JSON.stringify({ meaning: 'neural' })
  await page.goto(`/?${new URLSearchParams({ engine: 'scripted', settings })}#/settings/memory`)
  const choice = page.getByRole('combobox', { name: 'Neural model' })
  await expect(choice.getByRole('option')).toHaveText([/^all-MiniLM-L6-v2/])
})
