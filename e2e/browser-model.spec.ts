import { driver } from './driver.ts'
import { expect, test } from './fixtures/test.ts'

/** Stands for a browser with a model of its own; it repeats what it is asked. */
function putFakeThere(): void {
  const count = (input: unknown) => JSON.stringify(input).split(/\s+/).length
  const create = async ({
    monitor,
    initialPrompts = [],
  }: {
    monitor?: (target: EventTarget) => void
    initialPrompts?: unknown[]
  }) => {
    const target = new EventTarget()
    monitor?.(target)
    target.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded: 1, total: 1 }))
    let usage = initialPrompts.length
    return {
      contextWindow: 2048,
      get contextUsage() {
        return usage
      },
      measureContextUsage: async (input: unknown) => count(input),
      promptStreaming(input: readonly { content: string }[]) {
        usage += count(input) + 2
        return new ReadableStream<string>({
          start(controller) {
            controller.enqueue('Heard: ')
            controller.enqueue(input.at(-1)?.content ?? '')
            controller.close()
          },
        })
      },
      destroy() {},
    }
  }
  Object.assign(globalThis, { LanguageModel: { availability: async () => 'downloadable', create } })
}

test('[E85] where the browser has no model of its own, or has the API and no model, none is offered', async ({ page }) => {
  await page.goto('/#/models')
  await expect(page.getByRole('heading', { name: 'A model of your own' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'The browser’s own model' })).toHaveCount(0)
})

test('[E85] [E86] it is off until it is wanted, answers by the port, and its receipt claims no figure that the browser did not tell', async ({
  page,
}) => {
  await page.addInitScript(putFakeThere)
  const chat = driver(page)
  await page.goto('/#/models')
  const section = page.getByRole('region', { name: 'The browser’s own model' })
  await expect(section).toContainText('Off: nothing is sent to it.')
  await expect(section.getByRole('button')).toHaveCount(0)
  await section.getByRole('switch', { name: 'Offer the browser’s own model' }).click()
  await expect(section).toContainText('the browser downloads it when it is loaded')
  await section.getByRole('button', { name: 'Load the browser’s model' }).click()
  await expect(section).toContainText('Loaded, with a window of 2,048 tokens as the browser counts.')
  await page.goto('/#/')
  const reply = await chat.say('Is anybody there?')
  await expect(reply).toContainText('Heard: Is anybody there?')
  await chat.openReceipt(reply)
  await expect(chat.receipt).toContainText('The browser counted')
  await expect(chat.receipt).toContainText('by the browser’s own settings')
  await expect(chat.receipt).toContainText('not known')
  await expect(chat.receipt).not.toContainText('Temperature')
  // After a start nothing is asked of it before a click.
  await page.reload()
  await expect.poll(chat.engine).toBe('none')
  await page.goto('/#/models')
  await section.getByRole('switch', { name: 'Offer the browser’s own model' }).click()
  await expect(section.getByRole('button')).toHaveCount(0)
})
