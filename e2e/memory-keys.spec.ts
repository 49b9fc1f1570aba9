import { knownWorld, manyFacts } from './fixtures/known-world.ts'
import { memoryPage } from './fixtures/memory-page.ts'
import { expect, test } from './fixtures/test.ts'

test('the whole memory page needs no mouse', async ({ page }) => {
  const memory = memoryPage(page)
  const { keyboard } = page
  await memory.open(knownWorld(Date.now()))
  await page.getByText(/^To look at/).waitFor()
  await page.getByRole('searchbox', { name: 'Find in memory' }).focus()
  await keyboard.type('porto')
  await expect(memory.row(/^Fact/)).toHaveCount(1)
  await keyboard.press('Escape')
  await expect(memory.row(/^Fact Bakes/)).toBeVisible()

  /** Presses Tab until the focus is on a control of that name. */
  const tabTo = async (name: RegExp) => {
    for (let presses = 0; presses < 40; presses++) {
      const label = await page.evaluate(
        () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
      )
      if (name.test(label)) return
      await keyboard.press('Tab')
    }
    throw new Error(`Tab never reached ${name}.`)
  }
  await tabTo(/^FactBakes on Sundays/)
  await keyboard.press('ArrowDown')
  await expect(memory.row(/^Fact Lives in Porto/)).toBeFocused()
  await keyboard.press('End')
  await keyboard.press('Home')
  await expect(memory.row(/^Fact Bakes/)).toBeFocused()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await expect(memory.detail).toBeVisible()
  await tabTo(/^Pin$/)
  await keyboard.press('Enter')
  await expect(memory.detail.getByRole('button', { name: 'Unpin' })).toBeVisible()
  await tabTo(/^Undo: You pinned it/)
  await keyboard.press('Enter')
  await expect(memory.detail.getByRole('button', { name: 'Pin', exact: true })).toBeVisible()
  await tabTo(/^Forget…/)
  await keyboard.press('Enter')
  await expect(memory.dialog).toBeVisible()
  await keyboard.press('Escape')
  await expect(memory.dialog).toBeHidden()
  await expect(memory.detail).toBeVisible()
  // The next key goes where the focus is: to the button that opened the dialog.
  await expect(memory.detail.getByRole('button', { name: 'Forget…' })).toBeFocused()
  await keyboard.press('Escape')
  await expect(memory.detail).toBeHidden()
  await page.getByRole('link', { name: 'Look', exact: true }).press('Enter')
  await tabTo(/^This holds: .*1,800/)
  await keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Undo: The value that you chose holds/ })).toBeFocused()
})

test('ten thousand memories: few are drawn, and the keys reach both ends', async ({ page }) => {
  const memory = memoryPage(page)
  await memory.open({ ops: manyFacts(10_000, Date.now()) })
  await expect(page.getByRole('button', { name: /^All 10,000/ })).toBeVisible()
  const first = memory.row(/^Fact Crate 9999 /)
  await first.focus()
  expect(await page.getByRole('main').locator('[data-row]').count()).toBeLessThan(120)
  await page.keyboard.press('End')
  const crate = (name: string | null) => Number(/Crate (\d+)/.exec(name ?? '')?.[1])
  await expect.poll(async () => crate(await page.locator(':focus').textContent())).toBeLessThan(10)
  await page.keyboard.press('Home')
  await expect(first).toBeFocused()
  await page.getByRole('searchbox', { name: 'Find in memory' }).fill('crate 4321')
  await expect(memory.row(/^Fact/)).toHaveCount(1)
})
