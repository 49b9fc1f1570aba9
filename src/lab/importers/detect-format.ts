import { beamChatName, isBeamBatch } from './beam.ts'
import { isChatGptConversation } from './chatgpt.ts'
import { isClaudeConversation, isClaudeProject } from './claude.ts'
import { isLocomoRow } from './locomo.ts'
import { isLongMemEvalRow, isLongMemEvalSession } from './longmemeval.ts'
import { isClaudeMemories, isMemoryEntry } from './remembered.ts'
import { isTiageFile } from './tiage.ts'

export type Format =
  | 'chatgpt'
  | 'claude'
  | 'claude-projects'
  | 'claude-memories'
  | 'locomo'
  | 'longmemeval'
  | 'longmemeval-sessions'
  | 'beam'
  | 'tiage'
  | 'memories'

/** The most telling first: what many things look like comes last. */
const looks: readonly { readonly format: Format; readonly fits: (value: unknown, file: string) => boolean }[] = [
  { format: 'chatgpt', fits: isChatGptConversation },
  { format: 'claude', fits: isClaudeConversation },
  { format: 'claude-projects', fits: isClaudeProject },
  { format: 'claude-memories', fits: isClaudeMemories },
  { format: 'locomo', fits: isLocomoRow },
  { format: 'longmemeval', fits: isLongMemEvalRow },
  { format: 'beam', fits: (value, file) => isBeamBatch(value) && beamChatName(file) !== undefined },
  { format: 'longmemeval-sessions', fits: isLongMemEvalSession },
  { format: 'tiage', fits: isTiageFile },
  { format: 'memories', fits: (value) => isMemoryEntry(value) || isMemoryList(value) },
]

/** The format of a file, told from its first value. */
export function detectFormat(value: unknown, file: string): Format | undefined {
  return looks.find(({ fits }) => fits(value, file))?.format
}

/** `{ "memories": […] }`, as some ways of asking for them give it. */
export function isMemoryList(value: unknown): value is { readonly memories: readonly unknown[] } {
  return typeof value === 'object' && value !== null && 'memories' in value && Array.isArray(value.memories)
}
