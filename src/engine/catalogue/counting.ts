import type { ChatTemplate } from '#context/template.ts'
import type { SelfTest } from '#ports/model.ts'

/** Counting on: no sound language model, however small, goes on with this in another way. */
export function counting({ start }: Pick<ChatTemplate, 'start'>): SelfTest {
  return { prompt: `${start}1, 2, 3, 4, 5, 6, 7, 8,`, tokens: 3, wants: '9' }
}
