import type { ChatTemplate } from '#context/template.ts'
import type { Model } from '#ports/model.ts'
import type { Runtime } from './runtime.ts'

/**
 * The template with every control token that the model's tokenizer knows, also those that no turn is made of (tools, code, blanks to
 * be filled): no message may write one of them either (rules C9, E35). Without a loaded tokenizer, the template's own.
 */
export function guardedTemplate({ counter }: Pick<Runtime, 'counter'>, { template, tokenizerId }: Model): ChatTemplate {
  if (counter?.tokenizerId !== tokenizerId) return template
  return { ...template, controlTokens: [...new Set([...template.controlTokens, ...counter.controlTokens])] }
}
