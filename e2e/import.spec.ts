import { plainChatGpt } from '../src/lab/importers/testing/sample-exports.ts'
import { writeZip } from '../src/lab/importers/testing/write-zip.ts'
import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

const locomo = {
  sample_id: 'conv-1',
  conversation: {
    speaker_a: 'Ann',
    speaker_b: 'Bo',
    session_1_date_time: '1:56 pm on 8 May, 2023',
    session_1: [
      { speaker: 'Ann', dia_id: 'D1:1', text: 'I adopted a cat.' },
      { speaker: 'Bo', dia_id: 'D1:2', text: 'What is it called?' },
    ],
  },
}

test('chats of an export are looked at, chosen, imported, and stay', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await page.goto('/?engine=scripted#/settings/import')
  const chosen = (name: string) => page.getByRole('checkbox', { name: new RegExp(`^${name}`) })
  const archive = writeZip({
    'conversations.json': JSON.stringify([plainChatGpt('first', 2), plainChatGpt('second', 3), { mapping: 7 }]),
    'chat.html': '<p>not read</p>',
  })
  await page.getByLabel('Files to import').setInputFiles([
    { name: 'export.zip', mimeType: 'application/zip', buffer: Buffer.from(archive) },
    { name: 'locomo.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify([locomo])) },
  ])
  await expect(page.getByText('Found 3 conversations with 12 messages')).toBeVisible()
  await page.getByText('1 entry could not be read').click()
  await expect(page.getByText('mapping is no record')).toBeVisible()
  await chosen('ChatGPT 2024').uncheck()
  await page.getByRole('button', { name: 'Import 1 conversation', exact: true }).click()
  await expect(page.getByText('Added: 1 conversation, 2 messages.')).toBeVisible()
  await page.getByRole('button', { name: 'Close', exact: true }).click()

  await chat.conversations.getByRole('link', { name: /Ann and Bo/ }).click()
  await expect(page.getByRole('article', { name: /^Ann/ })).toContainText('I adopted a cat.')
  await expect(page.getByRole('article', { name: /^Bo/ })).toContainText('Bo')

  await page.reload()
  await page.goto('/?engine=scripted#/settings/import')
  await page
    .getByLabel('Files to import')
    .setInputFiles({ name: 'export.zip', mimeType: 'application/zip', buffer: Buffer.from(archive) })
  await page.getByRole('button', { name: 'Import 2 conversations', exact: true }).click()
  await expect(page.getByText('Added: 2 conversations, 10 messages.')).toBeVisible()
  await expect(chat.conversations.getByRole('link')).toHaveCount(3)

  await page
    .getByLabel('Files to import')
    .setInputFiles({ name: 'photo.json', mimeType: 'application/json', buffer: Buffer.from('{"width": 7}') })
  await expect(page.getByText('Nothing to import was found')).toBeVisible()
  await page
    .getByLabel('Files to import')
    .setInputFiles({ name: 'export.zip', mimeType: 'application/zip', buffer: Buffer.from(archive.slice(0, 300)) })
  await expect(page.getByRole('alert').filter({ hasText: 'The archive is cut off' })).toBeVisible()
})
