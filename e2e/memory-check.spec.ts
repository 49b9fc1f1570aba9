import { knownWorld } from './fixtures/known-world.ts'
import { memoryPage } from './fixtures/memory-page.ts'
import { expect, test } from './fixtures/test.ts'

test('a contradiction is the user’s to settle, and the choice can be undone', async ({ page }) => {
  const memory = memoryPage(page)
  await memory.open(knownWorld(Date.now()))
  await expect(memory.row(/^Fact Move budget/)).toHaveCount(2)
  await page.getByText(/^To look at: 1 contradiction/).waitFor()
  await page.getByRole('link', { name: 'Look', exact: true }).click()
  const group = page.getByRole('region', { name: /^Contradictions/ })
  const choose = group.getByRole('button', { name: 'This holds: Move budget is €2,400' })
  await choose.press('Enter')
  await expect(group.getByText('The value that you chose holds')).toBeVisible()
  await expect(group.getByRole('button', { name: /^Undo/ })).toBeFocused()
  await group.getByRole('button', { name: /^Undo/ }).press('Enter')
  await choose.press('Enter')
  await expect(group.getByText('The value that you chose holds')).toBeVisible()
  await page.getByRole('link', { name: 'Back to what is known' }).click()
  await expect(memory.row(/^Fact Move budget is €2,400 .*was: Move budget is €1,800/)).toBeVisible()
  await expect(memory.row(/^Fact Move budget/)).toHaveCount(1)
})

test('both may hold, and are not asked about again', async ({ page }) => {
  const memory = memoryPage(page)
  await memory.open(knownWorld(Date.now()))
  await page.getByRole('link', { name: 'Look', exact: true }).click()
  const group = page.getByRole('region', { name: /^Contradictions/ })
  await group.getByRole('button', { name: 'Both hold' }).click()
  await expect(group.getByText('Kept. It is not asked about again.')).toBeVisible()
  await page.reload()
  await expect(page.getByRole('region', { name: /^Secrets/ })).toBeVisible()
  await expect(group).toBeHidden()
})

test('duplicates, echoes, stale loops and secrets each have a repair of one click', async ({ page }) => {
  const memory = memoryPage(page)
  await memory.open(knownWorld(Date.now()))
  await page.getByRole('link', { name: 'Look', exact: true }).click()
  const repairs = [
    ['Secrets', /^Black it out/],
    ['Said twice', /^Merge them/],
    ['Only the assistant said so', /^Forget it: Prefers rye/],
    ['Past their time', /^Close it: Waiting for the landlord/],
    ['Contradictions', /^Both hold/],
  ] as const
  for (const [title, repair] of repairs) {
    const group = page.getByRole('region', { name: new RegExp(`^${title}`) })
    await group.getByRole('button', { name: repair }).click()
    await expect(group.getByRole('button', { name: /^Undo/ })).toBeVisible()
  }
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Nothing to look at' })).toBeVisible()
  await page.getByRole('link', { name: 'Back to what is known' }).click()
  await expect(memory.row(/^Fact The wifi password is \[removed\]/)).toBeVisible()
  await expect(memory.row(/^Event Moves to Ghent/)).toHaveCount(1)
  await expect(memory.row(/^Open loop/)).toHaveCount(0)
  await expect(page.getByText('Tr0ub4dor')).toHaveCount(0)
})
