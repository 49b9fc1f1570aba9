import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

test('the focus stays where another version takes the place of a message', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('The cat is called Mochi.')
  await chat.yours.first().focus()
  await page.keyboard.press('e')
  await page.getByRole('textbox', { name: 'New words' }).fill('The dog is called Rex.')
  await page.keyboard.press('Enter')
  await expect(chat.yours.first()).toContainText('2/2')
  await expect(chat.yours.first()).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(chat.yours.first()).toContainText('Mochi')
  await page.keyboard.press('ArrowRight')
  await expect(chat.yours.first()).toContainText('Rex')
  await expect(chat.yours.first()).toBeFocused()
})

test('a title is typed letter by letter, and the focus goes back to its row', async ({ page }) => {
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('The cat is called Mochi.')
  await chat.conversations.getByRole('link').focus()
  await page.keyboard.press('F2')
  await page.keyboard.type('My cat')
  await page.keyboard.press('Enter')
  await expect(chat.conversations.getByRole('link', { name: 'My cat', exact: true })).toBeFocused()
})

test('on a phone a deleted conversation can be brought back at once', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  await chat.say('The cat is called Mochi.')
  await page.getByRole('button', { name: 'Conversations', exact: true }).click()
  await chat.conversations.getByRole('button', { name: /More about/ }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByRole('button', { name: 'Conversations', exact: true }).click()
  await expect(chat.conversations.getByRole('link', { name: /Mochi/ })).toBeVisible()
})

test('[E104] on a phone no notice lies over a control, beside a receipt neither', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  const chat = driver(page)
  await chat.open('/?engine=scripted&window=8192&room=2048&gibberish=1')
  await chat.loadModel()
  const notices = page.getByRole('status', { name: 'Notices' })
  const covered = () =>
    notices.evaluate((section) => {
      const shown = [...document.querySelectorAll('button, a, textarea')].filter(
        (control) => !section.contains(control) && !control.closest('[inert]') && control.checkVisibility({ checkOpacity: true }),
      )
      const lies = (control: Element) => {
        const { left, top, width, height } = control.getBoundingClientRect()
        return document.elementFromPoint(left + width / 2, top + height / 2)?.closest('section') === section
      }
      return { shown: shown.length > 4, covered: shown.filter(lies).map((control) => control.outerHTML) }
    })
  await expect(notices).toContainText('is now 2,048 tokens')
  await chat.say('The cat is called Mochi.')
  await expect.poll(covered).toEqual({ shown: true, covered: [] })
  await chat.openReceipt(chat.replies.last())
  await expect.poll(covered).toEqual({ shown: true, covered: [] })
  await page.keyboard.press('Escape')
  await notices.getByRole('button', { name: 'Dismiss' }).click()
  await expect(notices).toBeEmpty()
})

test('the keys reach both ends of a long list of conversations', async ({ page }) => {
  test.slow()
  const chat = driver(page)
  await chat.open()
  await chat.loadModel()
  for (let number = 1; number <= 62; number++) {
    await chat.newChat()
    await chat.say(`Conversation ${number}`)
  }
  const links = chat.conversations.getByRole('link')
  await links.first().focus()
  await page.keyboard.press('End')
  await expect(chat.conversations.getByRole('link', { name: 'Conversation 1', exact: true })).toBeFocused()
  await page.keyboard.press('Home')
  await expect(chat.conversations.getByRole('link', { name: 'Conversation 62', exact: true })).toBeFocused()
})
