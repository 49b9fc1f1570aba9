import AxeBuilder from '@axe-core/playwright'
import { driver } from './driver.ts'
import { screens, setTheme } from './fixtures/screens.ts'
import { expect, test } from './fixtures/test.ts'

for (const { name, reach, outside = '', saved = false } of screens)
  test.describe(() => {
    test.use({ outside })
    test(`[A1] axe finds nothing in either theme: ${name}`, async ({ page }) => {
      await setTheme(page, 'light')
      await reach(page)
      for (const theme of ['light', 'dark'] as const) {
        await setTheme(page, theme)
        // A page that was saved follows the system by its style alone.
        if (!saved) await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
        const { violations, passes } = await new AxeBuilder({ page }).analyze()
        expect(passes.length).toBeGreaterThan(5)
        expect(
          violations.map(
            ({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('\n')}`,
          ),
          theme,
        ).toEqual([])
      }
    })
  })

test('[A1] the main path needs no mouse', async ({ page }) => {
  const chat = driver(page)
  const { keyboard } = page
  await chat.open()
  /** Presses Tab until the focus is where it is wanted, as a person would. */
  const tabTo = async (name: RegExp, role: string) => {
    for (let presses = 0; presses < 60; presses++) {
      const focused = page.locator(':focus')
      if (
        (await focused.count()) > 0 &&
        (await page
          .getByRole(role as 'button', { name })
          .and(focused)
          .count()) > 0
      )
        return
      await keyboard.press('Tab')
    }
    throw new Error(`Tab never reached the ${role} ${name}.`)
  }
  await tabTo(/^Load /, 'button')
  await keyboard.press('Enter')
  await expect.poll(chat.engine).toBe('ready')
  await tabTo(/^Message$/, 'textbox')
  await keyboard.type('Is this all done by keyboard?')
  await keyboard.press('Enter')
  await expect(chat.replies.last()).toHaveAttribute('data-status', 'complete')
  await expect(chat.message).toBeFocused()
  await tabTo(/^Receipt/, 'button')
  await keyboard.press('Enter')
  await expect(chat.receipt).toBeVisible()
  await keyboard.press('Escape')
  await expect(chat.receipt).toBeHidden()
  await tabTo(/^New chat$/, 'button')
  await keyboard.press('Enter')
  await expect(chat.articles).toHaveCount(0)
  await tabTo(/^Models$/, 'link')
  await keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Models', level: 1 })).toBeVisible()
})
