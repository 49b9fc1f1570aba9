import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

test('a first visit fetches no byte of an engine or a model', async ({ page }) => {
  const paths: string[] = []
  page.context().on('request', (request) => paths.push(new URL(request.url()).pathname))
  await driver(page).open('/')
  await page.waitForLoadState('networkidle')
  expect(paths).toContain('/guard.js')
  expect(paths.filter((path) => /^\/models\/|\.wasm$|webllm|wllama|tokenizer/.test(path))).toEqual([])
})
