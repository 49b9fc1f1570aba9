import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

test('two tabs: one owns the model and answers for the other; both see everything; the next in line takes over', async ({
  profile,
}) => {
  const context = await profile.open()
  const first = driver(context.pages()[0] ?? (await context.newPage()))
  await first.open()
  await first.loadModel()
  await first.say('The first tab says hello.')

  const second = driver(await context.newPage())
  await second.open()
  await second.conversations.getByText('The first tab says hello').click()
  await expect(second.articles).toHaveCount(2)
  await expect.poll(second.engine).toBe('ready')
  await second.say('The second tab asks the first.')
  await expect(first.articles).toHaveCount(4)
  await expect(first.replies.last()).toHaveAttribute('data-status', 'complete')

  await first.page.close()
  await expect.poll(second.engine, { timeout: 30_000 }).toBe('ready')
  await second.say('Now the second tab has the model.')
  await expect(second.articles).toHaveCount(6)
})

test('the same conversation written in two tabs at once loses nothing', async ({ profile }) => {
  const context = await profile.open()
  const first = driver(context.pages()[0] ?? (await context.newPage()))
  await first.open()
  await first.loadModel()
  await first.say('Shared conversation.')
  const second = driver(await context.newPage())
  await second.open()
  await second.conversations.getByText('Shared conversation').click()
  await expect(second.articles).toHaveCount(2)
  await first.message.fill('From the first tab')
  await second.message.fill('From the second tab')
  await Promise.all(
    [first, second].map(({ page }) => page.getByRole('button', { name: 'Send', exact: true }).click({ timeout: 10_000 })),
  )
  // Where the other tab's reply was under way already, the words stay in the composer, to be sent after it.
  for (const { page, message } of [first, second])
    await expect(async () => {
      if ((await message.inputValue()) !== '')
        await page.getByRole('button', { name: 'Send', exact: true }).click({ timeout: 1000 })
      await expect(message).toHaveValue('', { timeout: 1000 })
    }).toPass({ timeout: 30_000 })
  await expect
    .poll(() =>
      first.page.evaluate(
        () =>
          new Promise<number>((resolve, reject) => {
            const open = indexedDB.open('longhand')
            open.onerror = () => reject(open.error)
            open.onsuccess = () => {
              const count = open.result.transaction('messages').objectStore('messages').count()
              count.onsuccess = () => resolve(count.result)
            }
          }),
      ),
    )
    .toBeGreaterThanOrEqual(5)
})

test('[E49] a tab that runs the model and hangs is replaced by the one that is written in, and follows when it wakes', async ({
  profile,
}) => {
  const context = await profile.open()
  const first = driver(context.pages()[0] ?? (await context.newPage()))
  await first.open()
  await first.loadModel()
  await first.say('Before it hangs.')
  const second = driver(await context.newPage())
  await second.open()
  await second.conversations.getByText('Before it hangs').click()
  await expect.poll(second.engine).toBe('ready')
  const hung = first.page.evaluate(() => {
    const until = performance.now() + 8_000
    while (performance.now() < until);
  })
  await second.say('Is anybody there?')
  await hung
  await expect(first.page.getByText('Another tab runs the model').first()).toBeVisible()
  await expect(second.articles).toHaveCount(4)
  await expect(second.page.getByText('Another tab runs the model').first()).toBeHidden()
})
