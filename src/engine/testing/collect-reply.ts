import type { GenerateEvent } from '#ports/engine.ts'

export type Reply = { readonly text: string; readonly end: Extract<GenerateEvent, { type: 'generation-end' }> }

/** What a model wrote, whole. */
export async function collectReply(events: AsyncIterable<GenerateEvent>): Promise<Reply> {
  let text = ''
  for await (const event of events) {
    if (event.type === 'text-delta') text += event.text
    else if (event.type === 'generation-end') return { text, end: event }
  }
  throw new Error('The generation ended without its last event.')
}
