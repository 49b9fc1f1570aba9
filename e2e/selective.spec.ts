import AxeBuilder from '@axe-core/playwright'
import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

const told =
  'My sister Ada keeps bees in Ghent, and she would really like to have a little more space for them. We talked about it for a long time on Saturday. She said that the garden of the old house is not large enough.'

test('an item is shortened in the plan, its tokens fall, it is sent so, the receipt says so, and it is taken back', async ({
  page,
}) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say(told)
  await chat.newChat()
  await chat.message.fill('What did my sister Ada say of the garden in Ghent?')
  await chat.openPlan()
  const { plan } = chat

  await plan.getByRole('button', { name: /^Recalled / }).press('Enter')
  const row = plan.getByRole('button', { name: /^R1 / })
  await row.press('Enter')
  await plan.getByRole('button', { name: 'Shorten…' }).press('Enter')
  const panel = plan.getByRole('region', { name: 'Shorten R1' })
  const status = panel.getByRole('status')
  const figures = async () => (await status.innerText()).match(/\d+/g)?.map(Number) ?? []
  const slider = panel.getByRole('slider', { name: /^Leave out up to/ })
  await slider.fill('0')
  await expect(panel.getByRole('deletion')).toHaveCount(0)
  await expect(panel.getByRole('button', { name: 'Send it shortened' })).toBeDisabled()
  const [before = 0, same = 0] = await figures()
  expect(same).toBe(before)
  await slider.fill('60')
  await expect(panel.getByRole('deletion').first()).toBeVisible()
  await expect(panel).toContainText('estimated from word statistics')
  const [, after = 0] = await figures()
  expect(after).toBeLessThan(before)

  await panel.getByRole('button', { name: 'Score with the model' }).press('Enter')
  await expect(panel).toContainText('scored by Scripted on this device')
  expect((await new AxeBuilder({ page }).include('[aria-label="Plan"]').analyze()).violations).toEqual([])
  await panel.getByRole('button', { name: 'Send it shortened' }).press('Enter')
  const changes = plan.getByRole('region', { name: 'Changes of the plan' })
  // What was opened stays open.
  await expect(panel).toBeVisible()
  await expect(changes.getByRole('status')).toContainText(/1 item in other words, \d+ tokens fewer in the prompt/)
  await changes.getByRole('button', { name: 'Use for this chat' }).press('Enter')
  await expect(plan.getByRole('button', { name: 'Whole: ' })).toBeVisible()
  await page.getByRole('button', { name: 'Close plan' }).press('Enter')

  const reply = await chat.say('What did my sister Ada say of the garden in Ghent?')
  await chat.openReceipt(reply)
  const receipt = await chat.downloadReceipt()
  const [item] = receipt.sections.find(({ name }) => name === 'recalled')?.items ?? []
  expect(item?.text).toContain('Ada')
  expect(item?.text).toContain('not large enough')
  expect(item?.text.length).toBeLessThan(told.length)
  expect(item?.shortened?.whole).toBe(told)
  expect(item?.shortened?.tokens).toBeLessThan(item?.shortened?.wholeTokens ?? 0)
  // The scripted reply repeats what reached the engine.
  await expect(reply).toContainText(`User: ${item?.text}`)

  await chat.receipt.getByRole('button', { name: /^Recalled / }).press('Enter')
  await chat.receipt.getByRole('button', { name: /^R1 / }).press('Enter')
  await expect(chat.receipt).toContainText(
    /Its words are shortened by up to 60 %, \d+ of \d+ tokens left out, scored by Scripted/,
  )
  await expect(chat.receipt.getByRole('deletion').first()).toBeVisible()
  expect((await new AxeBuilder({ page }).include('[aria-label="Receipt"]').analyze()).violations).toEqual([])

  // What stands in the window is sent whole again only under a new head.
  await chat.openPlan()
  await chat.plan.getByRole('button', { name: /^Whole: / }).press('Enter')
  await expect(chat.plan.getByRole('heading', { name: /^Set for this chat/ })).toHaveCount(0)
  const next = await chat.say('And what did my sister Ada say of the space in Ghent?')
  await chat.openReceipt(next)
  const whole = await chat.downloadReceipt()
  expect(whole.epoch).toMatchObject({ reason: 'plan-changed', turn: 1 })
  expect(whole.sections.flatMap(({ items }) => items).every(({ shortened }) => shortened === undefined)).toBe(true)
})
