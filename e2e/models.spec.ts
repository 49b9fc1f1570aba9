import { openModels } from './fixtures/screens/model-screens.ts'
import { expect, test } from './fixtures/test.ts'

test('lists every model by family, says what is safe here, and recommends one', async ({ page }) => {
  await openModels(page)
  const recommended = page.getByRole('region', { name: 'Recommended for this device' })
  await expect(recommended.getByRole('heading', { level: 3 })).toHaveText('Llama 3.2 3B')
  await expect(recommended).toContainText('Safe up to 20k here')
  const list = page.getByRole('region', { name: 'Qwen3', exact: true })
  await expect(list.getByRole('heading', { level: 3 }).first()).toHaveText('Qwen3 0.6B')
  await expect(
    list.getByRole('img', { name: /Needs about .* of about 4.3 GB that this device has: weights/ }).first(),
  ).toBeVisible()
  await page.getByText('All', { exact: true }).click()
  await expect(page.getByRole('region', { name: 'Llama 3.1', exact: true })).toContainText('Short by 28 GB')
  await page.getByText(/models that Longhand does not run, and why/).click()
  await expect(page.getByText('Mistral 7B v0.3')).toBeVisible()
})

test('says what a device lacks: half precision, large buffers', async ({ page }) => {
  const GIB = 1024 ** 3
  const phone = { gpu: 'real', shaderF16: false, maxBufferBytes: GIB / 4, maxBindingBytes: GIB / 8, memoryBytes: 8 * GIB }
  await page.goto(`/?${new URLSearchParams({ device: JSON.stringify(phone) })}#/models`)
  await page.getByText('All', { exact: true }).click()
  await page.getByRole('searchbox', { name: 'Find a model' }).fill('qwen3 1.7b')
  const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Qwen3 1.7B' }) })
  await expect(row).toContainText('Does not fit this GPU.')
  await row.getByRole('combobox', { name: 'Build of Qwen3 1.7B' }).selectOption({ label: '4-bit, f16, 968 MB, not here' })
  await expect(row).toContainText('needs half precision')
})

test('is used by keyboard alone: filter, choose a build, choose a window of any size, with a warning past what is safe', async ({
  page,
}) => {
  await openModels(page)
  await page.getByRole('searchbox', { name: 'Find a model' }).focus()
  await page.keyboard.type('qwen3 best')
  await expect(page.getByRole('status').filter({ hasText: /^1 of \d+ models$/ })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('radio', { name: 'Fits here' })).toBeFocused()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'All' })).toBeChecked()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('combobox', { name: 'Good for' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('combobox', { name: 'Build of Qwen3 4B' })).toBeFocused()
  await page.keyboard.press('Tab')
  const window = page.getByRole('combobox', { name: 'Window of Qwen3 4B' })
  await expect(window).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.press('Tab')
  const size = page.getByRole('textbox', { name: 'Tokens in the window of Qwen3 4B' })
  await expect(size).toBeFocused()
  await page.keyboard.press('Control+a')
  await page.keyboard.type('12345')
  await page.keyboard.press('Enter')
  await expect(window).toHaveValue('12345')
  await expect(page.getByText(/^Past what is safe here by about/)).toBeVisible()
  await page.keyboard.press('Tab')
  await page.reload()
  await page.getByRole('searchbox', { name: 'Find a model' }).fill('qwen3 best')
  await expect(window).toHaveValue('12345')
})

test('says in words that a model computes wrongly here', async ({ page }) => {
  await page.goto('/?engine=scripted&gibberish#/models')
  await page.getByRole('button', { name: 'Load', exact: true }).click()
  await expect(page.getByText(/does not compute rightly on this GPU/)).toBeVisible()
  await expect(page.getByRole('alert').filter({ hasText: 'It failed its test after loading' })).toBeVisible()
})
