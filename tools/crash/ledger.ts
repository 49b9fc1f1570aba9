/** What the page said was saved, and what was found after a restart. */
/** Without a hash, the first one found after a restart counts from then on. */
export type Acknowledged = { readonly id: string; readonly hash?: string }
export type StoredMessage = { readonly id: string; readonly hash: string; readonly text: string; readonly status: string }
export type Inspection = {
  readonly messages: readonly StoredMessage[]
  readonly drafts: number
  readonly damaged: number
  /** Messages that came back from the second copy; absent where the database was there. */
  readonly recovered?: number
}

export type Tally = {
  acknowledged: number
  lost: number
  wrongHash: number
  /** Drafts that were acknowledged and not yet finished when the page died. */
  draftsAtDeath: number
  draftsRecovered: number
  draftsTorn: number
  damaged: number
  leftoverDrafts: number
  /** Starts at which the database was lost and came back from the second copy. */
  recoveries: number
}

/** Keeps the account of a campaign: every acknowledged message must be found again, whole, after every restart. */
export class Ledger {
  readonly tally: Tally = {
    acknowledged: 0,
    lost: 0,
    wrongHash: 0,
    draftsAtDeath: 0,
    draftsRecovered: 0,
    draftsTorn: 0,
    damaged: 0,
    leftoverDrafts: 0,
    recoveries: 0,
  }
  readonly #messages = new Map<string, string | undefined>()
  readonly #drafts = new Map<string, string>()

  acknowledge({ id, hash }: Acknowledged): void {
    if (!this.#messages.has(id)) this.tally.acknowledged++
    this.#messages.set(id, hash ?? this.#messages.get(id))
    this.#drafts.delete(id)
  }

  acknowledgeDraft(id: string, text: string): void {
    if (!this.#messages.has(id)) this.#drafts.set(id, text)
  }

  /** Compares with what is there after a restart; returns what is wrong, in words. */
  check({ messages, drafts, damaged, recovered }: Inspection): readonly string[] {
    const wrong: string[] = []
    if (recovered !== undefined) {
      this.tally.recoveries++
      // Drafts are not in the second copy: no one was told that they are saved.
      this.#drafts.clear()
    }
    const found = new Map(messages.map((message) => [message.id, message]))
    for (const [id, hash] of this.#messages) {
      const message = found.get(id)
      if (!message) {
        this.tally.lost++
        wrong.push(`lost: ${id}`)
      } else if (hash === undefined) this.#messages.set(id, message.hash)
      else if (message.hash !== hash) {
        this.tally.wrongHash++
        wrong.push(`wrong hash: ${id}`)
      }
    }
    for (const [id, text] of this.#drafts) {
      this.tally.draftsAtDeath++
      const message = found.get(id)
      if (message?.text.startsWith(text)) this.tally.draftsRecovered++
      else {
        this.tally.draftsTorn++
        wrong.push(`draft not recovered: ${id}`)
      }
      if (message) this.#messages.set(id, message.hash)
    }
    this.#drafts.clear()
    this.tally.damaged += damaged
    this.tally.leftoverDrafts += drafts
    if (damaged > 0) wrong.push(`${damaged} damaged rows`)
    if (drafts > 0) wrong.push(`${drafts} drafts left over`)
    return wrong
  }
}
