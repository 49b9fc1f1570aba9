import { expect, type Locator, type Page } from '@playwright/test'

/** Drives Longhand as a person would: by the names in its accessibility tree. */
export function driver(page: Page) {
  const message = page.getByRole('textbox', { name: 'Message', exact: true })
  const articles = page.getByRole('article')
  const engine = () => page.evaluate(() => document.documentElement.dataset.engine)

  return {
    page,
    message,
    articles,
    yours: page.getByRole('article', { name: /^You/ }),
    replies: page.getByRole('article', { name: /^Assistant/ }),
    conversations: page.getByRole('navigation', { name: 'Conversations' }),
    receipt: page.getByRole('complementary', { name: 'Receipt' }),
    plan: page.getByRole('complementary', { name: 'Plan' }),
    comparison: page.getByRole('complementary', { name: 'Comparison' }),
    tape: page.getByRole('complementary', { name: 'Tape' }),
    engine,
    async open(address = '/?engine=scripted') {
      await page.goto(address)
      await expect(message).toBeVisible()
    },
    /** Loads the first model of the list, from the composer. */
    async loadModel(timeout = 120_000) {
      await page
        .getByRole('button', { name: /^Load / })
        .first()
        .click()
      await expect.poll(engine, { timeout }).toBe('ready')
    },
    /** Sends and waits until the reply is on disk. */
    async say(text: string, timeout = 60_000): Promise<Locator> {
      const last = page.getByRole('article', { name: /^Assistant/ }).last()
      const idOfLast = async () => ((await last.count()) === 0 ? null : last.getAttribute('data-message-id'))
      const before = await idOfLast()
      await message.fill(text)
      await page.getByRole('button', { name: 'Send', exact: true }).click()
      await expect(this.yours.last()).toContainText(text.slice(0, 40))
      // Long conversations are virtualised: places in the list move, ids do not.
      let id: string | null = null
      await expect
        .poll(
          async () => {
            id = await idOfLast()
            return id !== null && id !== before
          },
          { timeout },
        )
        .toBe(true)
      const reply = page.locator(`article[data-message-id="${id}"]`)
      await expect(reply).toHaveAttribute('data-status', 'complete', { timeout })
      return reply
    },
    newChat: () => page.getByRole('button', { name: 'New chat', exact: true }).click(),
    async openReceipt(reply: Locator) {
      await reply.getByRole('button', { name: /^Receipt/ }).click()
      await expect(this.receipt).toBeVisible()
    },
    /** Opens the plan of the next prompt from the bar above the composer. */
    async openPlan() {
      await expect(page.getByText('Next prompt')).toBeVisible()
      await page
        .getByRole('group', { name: /^Context window/ })
        .first()
        .getByRole('button')
        .last()
        .click()
      await expect(this.plan).toBeVisible()
    },
    /** The downloaded receipt, parsed. */
    async downloadReceipt(): Promise<ReceiptDocument> {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        this.receipt.getByRole('button', { name: 'Download receipt' }).click(),
      ])
      const chunks: Buffer[] = []
      for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
      return JSON.parse(Buffer.concat(chunks).toString('utf8')) as ReceiptDocument
    },
  }
}

/** The parts of a downloaded receipt that tests look at. */
export type ReceiptDocument = {
  readonly schema: string
  readonly version: number
  readonly promptText: string
  readonly sampling: { readonly temperature: number; readonly stop?: readonly string[]; readonly jsonSchema?: string }
  readonly readMode?: string
  readonly sections: readonly { readonly name: string; readonly tokens: number; readonly items: readonly ReceiptItem[] }[]
  readonly predicted: { readonly inputTokens: number; readonly cachedInputTokens: number }
  readonly actual?: { readonly inputTokens: number; readonly cachedInputTokens: number; readonly outputTokens: number }
  readonly dropped: readonly { readonly section: string; readonly reason: { readonly type: string } }[]
  readonly window: { readonly size: number; readonly rolling?: { readonly keptTokens: number; readonly sinkTokens: number } }
  readonly epoch: { readonly reason: string; readonly turn: number }
  readonly profile?: string
  readonly embedder?: { readonly state: string }
}

type ReceiptItem = {
  readonly text: string
  readonly messageId?: string
  readonly conversationId?: string
  readonly kind: string
  readonly score?: { readonly parts: readonly { readonly name: string; readonly contribution: number }[] }
  readonly why: string
  readonly shortened?: { readonly whole: string; readonly tokens: number; readonly wholeTokens: number }
}
