import { readFileSync } from 'node:fs'
import type { Message } from '#chat/message.ts'
import { noWishes } from '#chat/prompt-wishes.ts'
import { assemble } from '#context/assemble.ts'
import type { CountTokens } from '#context/assemble-input.ts'
import { candidatesFor } from '#context/budget.ts'
import type { Manifest, ManifestItem } from '#context/manifest.ts'
import { builtIn } from '#engine/catalogue/built-in.ts'
import type { Retrieval } from '#memory/cue.ts'
import { createLexicalIndex, type IndexOptions, type LexicalIndex } from '#memory/lexical-index.ts'
import { parseWordTable } from '#memory/word-table.ts'
import { createWordVectors, type WordVectors } from '#memory/word-vectors.ts'
import { applySeek } from '#strategies/apply-seek.ts'
import type { Plan } from '#strategies/profile.ts'
import type { EmbeddingCache } from './embedding-cache.ts'
import type { History, Question } from './read-sets.ts'

const candidateLimit = 400

/** The memory section of a prompt. */
export type Section = { readonly items: readonly ManifestItem[]; readonly text: string; readonly tokens: number }

export function loadWordVectors(): WordVectors {
  return createWordVectors(parseWordTable(readFileSync(new URL('../../../public/vectors/words-128d.bin', import.meta.url))))
}

/** All that was said, as the product takes it in: message by message, in order of time; what the user said with its vectors. */
export function ingest(
  history: History,
  vectors: WordVectors | undefined,
  options?: IndexOptions,
  embeddings?: EmbeddingCache,
): LexicalIndex {
  const index = createLexicalIndex(options)
  if (vectors) index.setWordVectors(vectors)
  for (const { id, title } of history.conversations) index.setTitle(id, title)
  const messages = history.conversations.flatMap((conversation) => conversation.messages)
  for (const message of [...messages].sort((a, b) => a.createdAt - b.createdAt)) index.add([message])
  if (embeddings)
    index.setEmbeddings(
      messages.flatMap(({ id, role, text }) => {
        const vector = role === 'user' ? embeddings.vectorOf(text) : undefined
        return vector ? [{ id, vector }] : []
      }),
    )
  return index
}

export function ask(index: LexicalIndex, { text, at }: Question, embeddings?: EmbeddingCache): Retrieval {
  const embedding = embeddings?.vectorOf(text)
  return index.retrieve({
    text,
    at,
    conversationId: 'conv:question',
    excludeMessageIds: [],
    otherConversationsOnly: false,
    limit: candidateLimit,
    ...(embedding && { embedding }),
  })
}

/** What a profile makes of what was found; without recall, nothing. */
export function askWithPlan(index: LexicalIndex, question: Question, plan: Plan, embeddings?: EmbeddingCache): Retrieval {
  if (!plan.recalls) return { candidates: [], threshold: 0, confidence: 0 }
  return applySeek({ plan, found: ask(index, question, embeddings), memories: new Map(), path: [asMessage(question)] })
}

function asMessage({ text, at }: Question): Message {
  return { id: 'msg:question', conversationId: 'conv:question', role: 'user', text, createdAt: at, status: 'complete' }
}

/** The memory section that the product would send with the question in a new conversation, in `budget` tokens. */
export function sectionOf(question: Question, retrieval: Retrieval, budget: number, count: CountTokens): Section {
  const manifest = assemble(
    {
      replyId: 'msg:reply',
      conversationId: 'conv:question',
      createdAt: question.at,
      utcOffsetMinutes: 0,
      model: { id: builtIn.id, name: builtIn.name, engine: 'none', tokenizerId: builtIn.tokenizerId },
      template: builtIn.template,
      sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: 512 },
      windowTokens: 8 * budget + 8192,
      wishes: { ...noWishes, budgets: { recalled: budget } },
      instructions: '',
      memoryOn: true,
      you: [],
      path: [asMessage(question)],
      pathComplete: true,
      candidates: retrieval.candidates.slice(0, candidatesFor(budget)),
      threshold: retrieval.threshold,
      decision: { type: 'new', reason: 'first-turn' },
      epochId: 'epoch:1',
    },
    count,
  )
  return recalledSection(manifest)
}

function recalledSection(manifest: Manifest): Section {
  const section = manifest.sections.find(({ name }) => name === 'recalled')
  const items = section?.items ?? []
  const [first, last] = [items[0], items.at(-1)]
  const part = manifest.prompt[first?.part ?? 0]?.text ?? ''
  return { items, text: first && last ? part.slice(0, last.to) : '', tokens: section?.tokens ?? 0 }
}
