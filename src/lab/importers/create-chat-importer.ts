import type { ChatBatch, ChatImporter, FoundConversation, FoundProblem, ReadProgress, ReadRequest } from '#ports/chat-importer.ts'
import { ImportError } from '#ports/chat-importer.ts'
import type { ConversationId } from '#shared/ids.ts'
import { batchConversations, type Product } from './batch-conversations.ts'
import { exportFiles } from './export-files.ts'
import type { ImportedConversation, ImportedMemory } from './imported.ts'
import { formatNames, readExport } from './read-export.ts'
import { rememberedConversations } from './remembered-conversations.ts'
import { idsBeside, toProduct } from './to-product.ts'

/** Problems that are told one by one; the others are counted. */
const toldProblems = 200
const memoryGroup = 'Memories'

type Handlers = {
  readonly onConversation: (product: Product, group: string) => void
  readonly onProblem: (problem: FoundProblem) => void
  readonly onSkip: (kind: string) => void
  readonly breathe: () => Promise<void>
}

/** The importer in the thread that calls it: that of a worker, or of a test. */
export function createChatImporter(): ChatImporter {
  return {
    async look(request, onProgress, signal) {
      const conversations: FoundConversation[] = []
      const problems: FoundProblem[] = []
      const skipped: Record<string, number> = {}
      let problemCount = 0
      await readAll(request, onProgress, signal, {
        onConversation({ conversation: { id, title, createdAt, updatedAt }, messages }, group) {
          conversations.push({ id, title, group, messages: messages.length, from: createdAt, until: updatedAt })
        },
        onProblem(problem) {
          problemCount++
          if (problems.length < toldProblems) problems.push(problem)
        },
        onSkip(kind) {
          skipped[kind] = (skipped[kind] ?? 0) + 1
        },
        breathe: async () => {},
      })
      return { conversations, skipped, problems, problemCount }
    },

    async read(request, take, onProgress, signal) {
      const wanted = new Set(request.wanted)
      const full: ChatBatch[] = []
      const batches = batchConversations((batch) => full.push(batch))
      const handOver = async () => {
        for (let next = full.shift(); next; next = full.shift()) {
          signal.throwIfAborted()
          await take(next)
        }
      }
      await readAll(request, onProgress, signal, {
        onConversation(product, group) {
          if (wanted.has(product.conversation.id)) batches.add(product, group === memoryGroup ? { at: request.now } : undefined)
        },
        onProblem: () => {},
        onSkip: () => {},
        breathe: handOver,
      })
      batches.flush()
      await handOver()
    },
  }
}

async function readAll(
  { files, forgotten }: ReadRequest,
  onProgress: (progress: ReadProgress) => void,
  signal: AbortSignal,
  { onConversation, onProblem, onSkip, breathe }: Handlers,
): Promise<void> {
  const ids = idsBeside(new Set(forgotten))
  const seen = new Set<ConversationId>()
  const memories = new Map<string, ImportedMemory>()
  let bytes = 0

  function take(conversation: ImportedConversation, group: string): void {
    const product = toProduct(conversation, ids)
    const { id, title } = product.conversation
    if (seen.has(id)) onProblem({ file: '', at: title, why: 'stands twice in the files; the first one counts' })
    else {
      seen.add(id)
      onConversation(product, group)
    }
  }

  const open = await exportFiles(files).catch(toImportError)
  const totalBytes = open.reduce((sum, file) => sum + file.bytes, 0)
  const tell = () => onProgress({ bytes, totalBytes, conversations: seen.size })
  await readExport(
    open,
    (format) => ({
      conversation: (found) => take(found, `${formatNames[format]} ${yearOf(found)}`),
      question: () => onSkip('questions of a data set'),
      memory: (found) => memories.set(found.key, found),
      problem: onProblem,
      skip: onSkip,
    }),
    {
      // The files' own time, so that reading them again gives the same.
      now: Math.max(0, ...files.map(({ lastModified }) => lastModified)),
      onBytes(more) {
        bytes += more
        tell()
      },
      async breathe() {
        signal.throwIfAborted()
        await breathe()
      },
    },
  ).catch(toImportError)
  for (const conversation of rememberedConversations(memories.values())) take(conversation, memoryGroup)
  tell()
}

function yearOf({ messages }: ImportedConversation): number {
  return new Date(messages[0]?.at ?? 0).getUTCFullYear()
}

/** Errors of the platform's streams say little; those of storing and of cancelling pass through. */
function toImportError(error: unknown): never {
  const name = error instanceof Error ? error.name : ''
  if (name === 'NotReadableError' || name === 'NotFoundError')
    throw new ImportError('The file cannot be read any more. It may have been moved or changed; choose it again.')
  // Unpacking fails with a TypeError in browsers and with an error of zlib in Node.
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (error instanceof TypeError || code.startsWith('Z_'))
    throw new ImportError(`The file is damaged or cut off. Fetch it again from where it came. (${String(error)})`)
  if (error instanceof RangeError) throw new ImportError(error.message)
  throw error
}
