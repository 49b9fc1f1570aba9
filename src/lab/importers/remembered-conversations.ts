import type { ImportedConversation, ImportedMemory } from './imported.ts'

/**
 * What programs remembered, as one conversation a program in which the user said each of it: so a fact has a place that it
 * came from, can be searched, and goes when that is deleted.
 */
export function rememberedConversations(memories: Iterable<ImportedMemory>): readonly ImportedConversation[] {
  const byProgram = new Map<string, ImportedMemory[]>()
  for (const memory of memories) byProgram.set(memory.by, [...(byProgram.get(memory.by) ?? []), memory])
  return [...byProgram].map(([program, all]) => {
    const inOrder = all.sort((a, b) => a.at - b.at)
    return {
      key: `memories/${program}`,
      title: `What ${program} remembered`,
      messages: inOrder.map(({ key, text, at }, index) => {
        const before = inOrder[index - 1]
        return { key, role: 'user', text, at, ...(before ? { parentKey: before.key } : {}) }
      }),
    }
  })
}
