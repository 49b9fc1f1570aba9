import type { Message } from '#chat/message.ts'
import type { ConversationId } from '#shared/ids.ts'
import type { Candidate } from './candidate.ts'
import type { Cue, Retrieval, TextHit } from './cue.ts'
import { cueTerms } from './cue-terms.ts'
import { dateRange } from './date-range.ts'
import { createMessageTable } from './message-table.ts'
import { roundCandidate } from './round-candidate.ts'
import { createMessageScorer, defaultWeights } from './score-messages.ts'
import { searchText } from './search-text.ts'
import { overlap } from './sentence-information.ts'

/**
 * Score that a round needs to be worth its tokens. On the development data it lets through 93 % (LoCoMo) and 99 %
 * (LongMemEval) of the answers found among the first ten, and turns away everything for two of three questions about
 * somebody else's life in LoCoMo; `tools/bench/retrieval-quality.ts` measures both.
 */
export const retrievalThreshold = 0.18

/** A lexical index over the messages of all conversations, in memory and synchronous. */
export interface LexicalIndex {
  /** Adds messages; one that is in already is ignored. */
  add(messages: readonly Message[]): void
  removeConversation(id: ConversationId): void
  setTitle(id: ConversationId, title: string): void
  retrieve(cue: Cue): Retrieval
  search(text: string, limit: number): readonly TextHit[]
}

export function createLexicalIndex(weights = defaultWeights): LexicalIndex {
  const table = createMessageTable()
  const scorer = createMessageScorer(table, weights)
  const titles = new Map<ConversationId, string>()

  /** The user message that a round is named by; a message that answers none is its own. */
  function anchorOf(row: number): number {
    const parent = table.parent(row)
    return table.message(row)?.role === 'assistant' && parent >= 0 && table.message(parent)?.role === 'user' ? parent : row
  }

  /** Whether two messages stand at the same place of a conversation and say nearly the same. */
  function isEditOf(row: number, other: number): boolean {
    if (table.conversation(row) !== table.conversation(other) || table.parent(row) !== table.parent(other)) return false
    const [own, others] = [new Set(table.terms(row)), new Set(table.terms(other))]
    return Math.min(own.size, others.size) >= 0.7 * Math.max(own.size, others.size) && overlap(own, others) >= 0.8
  }

  function retrieve(cue: Cue): Retrieval {
    const own = table.conversationNumber(cue.conversationId)
    const excluded = new Set<number>()
    for (const id of cue.excludeMessageIds) {
      const row = table.rowOf(id)
      if (row !== undefined) excluded.add(anchorOf(row))
    }
    const terms = cueTerms(cue.text, table)
    const asked = { terms, at: cue.at, range: dateRange(cue.text, cue.at) }
    const scored = scorer.score(asked, (row) => {
      if (!table.isLive(row)) return false
      if (cue.otherConversationsOnly && table.conversation(row) === own) return false
      return !excluded.has(anchorOf(row))
    })
    const cueTermNumbers = new Set(terms.terms.map(({ term }) => term))
    const cueTerm = (word: string): number | undefined => {
      const term = table.vocabulary.known(word)
      return term !== undefined && cueTermNumbers.has(term) ? term : undefined
    }
    const candidates: Candidate[] = []
    const rounds = new Set<number>()
    const shown: number[] = []
    for (const { row } of scored.rows) {
      if (candidates.length >= cue.limit) break
      const anchor = anchorOf(row)
      if (rounds.has(anchor)) continue
      rounds.add(anchor)
      if (shown.some((other) => isEditOf(anchor, other))) continue
      shown.push(anchor)
      const message = table.message(anchor)
      // The reply that was found, else the newest one: a reply written again never doubles its round.
      const reply = row === anchor ? table.children(anchor).findLast((child) => table.message(child)?.role === 'assistant') : row
      const candidate = roundCandidate({
        user: message?.role === 'user' ? message : undefined,
        reply: message?.role === 'user' ? (reply === undefined ? undefined : table.message(reply)) : message,
        conversationTitle: message && titles.get(message.conversationId),
        cueTerm,
        asksAssistant: terms.asksAssistant,
        score: scored.explain(row),
      })
      if (candidate) candidates.push(candidate)
    }
    return { candidates, threshold: retrievalThreshold }
  }

  return {
    add(messages) {
      for (const message of messages) table.add(message)
    },
    removeConversation(id) {
      table.removeConversation(id)
      titles.delete(id)
    },
    setTitle(id, title) {
      titles.set(id, title)
    },
    retrieve,
    search: (text, limit) => searchText(table, text, limit),
  }
}
