import type { Message } from '#chat/message.ts'
import type { MessageId } from '#shared/ids.ts'
import type { EpochReason, Manifest, ManifestSection } from './manifest.ts'
import { clip } from './recalled-block.ts'

/** One reply on the tape: its window in figures. Tokens are the engine's where it told them, else predicted (`measured`). */
export type TapeFrame = {
  readonly replyId: MessageId
  readonly createdAt: number
  readonly windowTokens: number
  readonly inputTokens: number
  readonly reusedTokens: number
  readonly outputTokens: number
  readonly measured: boolean
  readonly epochTurn: number
  /** Set on the first reply of an epoch: why it began. */
  readonly epochBegan?: EpochReason
  /** A summary stands in the prompt that the one before did not hold: earlier turns were folded into it. */
  readonly compacted?: true
  readonly sections: readonly Pick<ManifestSection, 'name' | 'tokens' | 'runs'>[]
  /** The beginnings of what was said and answered. */
  readonly said: string
  readonly answered: string
}

const excerpt = 160

/** A branch's replies as frames, oldest first; replies without a receipt are passed over. */
export function tapeOf(path: readonly Message[], receipts: ReadonlyMap<MessageId, Manifest>): readonly TapeFrame[] {
  const texts = new Map(path.map(({ id, text }) => [id, text]))
  let summary: string | undefined
  return path.flatMap(({ id, role, text }) => {
    const manifest = role === 'assistant' ? receipts.get(id) : undefined
    if (!manifest) return []
    const { epoch, sections, window, predicted, createdAt } = manifest
    const actual = manifest.actual && manifest.actual.inputTokens > 0 ? manifest.actual : undefined
    const held = sections.find(({ name }) => name === 'summary')?.items[0]?.key
    const compacted = held !== undefined && held !== summary
    summary = held
    const frame: TapeFrame = {
      replyId: id,
      createdAt,
      windowTokens: window.size,
      inputTokens: actual?.inputTokens ?? predicted.inputTokens,
      reusedTokens: actual?.cachedInputTokens ?? predicted.cachedInputTokens,
      outputTokens: actual?.outputTokens ?? 0,
      measured: actual !== undefined,
      epochTurn: epoch.turn,
      ...(epoch.turn === 1 ? { epochBegan: epoch.reason } : {}),
      ...(compacted ? { compacted } : {}),
      sections: sections.map(({ name, tokens, runs }) => ({ name, tokens, ...(runs ? { runs } : {}) })),
      said: clip(texts.get(manifest.userMessageId) ?? '', excerpt),
      answered: clip(text, excerpt),
    }
    return [frame]
  })
}

/** The tape as a document to keep. */
export function tapeJson(title: string, frames: readonly TapeFrame[]): string {
  return `${JSON.stringify({ schema: 'longhand.tape', version: 1, title, frames }, null, 2)}\n`
}
