import { knownWorld } from './fixtures/known-world.ts'
import { memoryPage } from './fixtures/memory-page.ts'
import { expect, test } from './fixtures/test.ts'

test('the slider shows what was known on a day, to read only, and leads back to today', async ({ page }) => {
  const memory = memoryPage(page)
  await memory.open(knownWorld(Date.now()))
  await page.getByRole('button', { name: 'As of today' }).click()
  const slider = page.getByRole('slider', { name: /^As of/ })
  await slider.fill('-150')
  await expect(page.getByText('150 days ago. What was known then, to read only.')).toBeVisible()
  await expect(memory.row(/^Fact Lives in Lisbon/)).toBeVisible()
  await expect(memory.row(/^Fact Lives in Porto/)).toHaveCount(0)
  await memory.row(/^Fact Lives in Lisbon/).click()
  await expect(memory.detail.getByText('Learned: “Lives in Lisbon”')).toBeVisible()
  for (const name of [/^Undo/, 'Forget…', 'Correct it…', 'Pin'])
    await expect(memory.detail.getByRole('button', { name })).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Write one down' })).toHaveCount(0)
  // By the keys too: a day further, and to the end.
  await slider.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.getByText('151 days ago.')).toBeVisible()
  await page.getByRole('button', { name: 'Back to today' }).click()
  await expect(memory.row(/^Fact Lives in Porto/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Write one down' })).toBeVisible()
})
