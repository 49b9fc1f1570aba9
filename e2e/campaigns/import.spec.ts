import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { plainChatGpt } from '../../src/lab/importers/testing/sample-exports.ts'
import { driver } from '../driver.ts'
import { expect, test } from '../fixtures/test.ts'
import { longestTasks } from './watch-main-thread.ts'

/**
 * A large export comes in: what it costs, and that the page's main thread never works longer than a frame may freeze.
 * `npm run campaign:import`; CONVERSATIONS chooses how many.
 */
const conversations = Number(process.env.CONVERSATIONS ?? 10_000)
const turns = 4
const messages = conversations * turns * 2
const longestFreezeMs = 100
const longMs = 1_200_000

async function writeExport(path: string): Promise<void> {
  const file = createWriteStream(path)
  file.write('[')
  for (let n = 0; n < conversations; n++)
    if (!file.write(`${n > 0 ? ',' : ''}${JSON.stringify(plainChatGpt(`chat-${n}`, turns))}\n`)) await once(file, 'drain')
  file.end(']')
  await once(file, 'close')
}

test(`${conversations} conversations come in without a frozen frame, cancelled in between and gone on with`, async ({
  page,
  browser,
}, info) => {
  test.setTimeout(3 * longMs)
  const path = info.outputPath('conversations.json')
  await writeExport(path)
  await driver(page).open()
  await page.goto('/?engine=scripted#/settings/import')
  const file = page.getByLabel('Files to import')
  await expect(page.getByRole('button', { name: 'Import chats…' })).toBeVisible()
  const added = async () =>
    Number(/([\d,]+) messages?/.exec((await page.getByText(/^Added:/).textContent()) ?? '')?.[1]?.replace(',', ''))
  const steps: string[] = []
  let began = Date.now()
  const step = (name: string) => {
    steps.push(`${name}: ${((Date.now() - began) / 1000).toFixed(1)} s`)
    began = Date.now()
  }
  let first = 0
  const tasks = await longestTasks(browser, page, async () => {
    await file.setInputFiles(path)
    await expect(page.getByText(/^Found/)).toBeVisible({ timeout: longMs })
    step('looked at')
    await page.getByRole('button', { name: /^Import [\d,]+ conversations$/ }).click()
    const bar = page.getByRole('progressbar', { name: 'Importing' })
    await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow')), { timeout: longMs }).toBeGreaterThan(20)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByText('Stopped before the end')).toBeVisible()
    first = await added()
    step(`cancelled after ${first} messages`)
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect(page.getByText('Imported', { exact: true })).toBeVisible({ timeout: longMs })
    step(`gone on to the end`)
  })
  expect(first).toBeGreaterThan(0)
  expect(first + (await added())).toBe(messages)
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await file.setInputFiles(path)
  await expect(page.getByText('all here already')).toBeVisible({ timeout: longMs })
  await expect(page.getByRole('button', { name: 'Nothing new to import' })).toBeDisabled()
  console.log([...steps, `main thread: ${JSON.stringify(tasks)}`].join('\n'))
  expect(tasks.cpuMs).toBeLessThan(longestFreezeMs)
})
