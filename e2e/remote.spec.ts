import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { type OpenAiServer, startOpenAiServer } from '../src/engine/remote/testing/openai-server.ts'
import { driver } from './driver.ts'
import { type AppServer, startAppServer } from './fixtures/app-server.ts'

let app: AppServer
let model: OpenAiServer
let context: BrowserContext
let page: Page
/** Every request that any document or worker made to another host than the app's. */
let outside: string[]

test.beforeEach(async ({ browser }) => {
  app = await startAppServer()
  model = await startOpenAiServer()
  context = await browser.newContext({ baseURL: app.url })
  outside = []
  context.on('request', (request) => {
    if (/^(https?|wss?):/.test(request.url()) && new URL(request.url()).origin !== app.url) outside.push(request.url())
  })
  page = await context.newPage()
})
test.afterEach(async () => {
  await context.close()
  await model.close()
  await app.close()
})

const frames = () => page.frames().filter((frame) => frame !== page.mainFrame())

/** Allows servers, as a person does. */
async function allow() {
  await page.goto('/?engine=scripted#/models')
  await page.getByRole('switch', { name: 'Allow a server outside this page' }).click()
  await page.getByRole('button', { name: 'Allow, and reload the page' }).click()
  await expect(page).toHaveURL(/\/with-remote\.html/)
}

async function setUp(key = '') {
  await allow()
  await page.getByRole('textbox', { name: 'Address of the server' }).fill(`${model.url}v1`)
  if (key !== '') await page.getByLabel('Key, if the server wants one').fill(key)
  await page.getByRole('button', { name: 'Look for its models' }).click()
  await page.getByRole('button', { name: 'Use this model' }).click()
  await expect(page.getByRole('button', { name: /^Connect to 127/ })).toBeVisible()
}

test('[E40] a prompt goes to the allowed server, and every place says so', async () => {
  await setUp('secret-key')
  expect(
    model.seen.every(({ path }) => path !== '/v1/chat/completions'),
    'nothing was sent before connecting',
  ).toBe(true)
  await page.getByRole('button', { name: /^Connect to 127/ }).click()
  await expect(page.getByText('Connected', { exact: true })).toBeVisible()
  const chat = driver(page)
  await page.getByRole('button', { name: 'New chat', exact: true }).click()
  await expect(page.getByText(`What you send leaves this page: it goes to ${model.url}`)).toBeVisible()
  const reply = await chat.say('Who are you?')
  await expect(reply).toContainText('Hello from the server.')
  await expect(reply).toContainText(`Left this page: sent to ${model.url}`)
  await chat.openReceipt(reply)
  await expect(chat.receipt).toContainText(`Left this page: sent to ${model.url}`)
  const asked = model.seen.filter(({ path }) => path === '/v1/chat/completions')
  expect(asked).toHaveLength(1)
  expect(asked[0]?.headers.authorization).toBe('Bearer secret-key')
  expect(asked[0]?.headers.cookie).toBeUndefined()
  expect(asked[0]?.headers.referer).toBeUndefined()
  expect(
    outside.filter((url) => !url.startsWith(model.url)),
    'requests to anybody else',
  ).toEqual([])
  expect(frames()).toHaveLength(1)
})
