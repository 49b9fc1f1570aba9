import type { Availability, PromptApi, PromptMessage } from '#engine/browser-model/prompt-api.ts'
import { scriptedJson } from '#engine/scripted/scripted-json.ts'
import { scriptedTokens } from '#engine/scripted/scripted-tokens.ts'
import type { JsonSchema } from '#shared/json-schema.ts'

type Options = {
  readonly availability?: Availability
  /** Tokens that a session can hold. */
  readonly quota: number
  /** A question or begun reply that ends with this is answered without end. */
  readonly endless?: string
  /** Tokens that the browser's template adds to each message. */
  readonly overhead?: number
  /** What `create` fails with. */
  readonly refuses?: DOMException
  /** The older names: inputUsage, inputQuota, measureInputUsage. */
  readonly old?: true
}

/**
 * Stands for a browser with a model of its own: it keeps the book of the API (what a session holds, what it refuses, how it is
 * aborted and destroyed) and writes by a rule. No browser with a real one was at hand; what a real one does is not shown by it.
 */
export function fakePromptApi({ availability = 'available', quota, endless, overhead = 0, refuses, old }: Options) {
  const made: { destroyed: boolean; readonly asked: (readonly PromptMessage[])[] }[] = []
  const count = (input: readonly PromptMessage[] | string): number =>
    typeof input === 'string'
      ? scriptedTokens(input).length
      : input.reduce((sum, { content }) => sum + scriptedTokens(content).length + overhead, 0)

  function replyTo(input: readonly PromptMessage[], schema?: JsonSchema): string {
    const { content = '', prefix = false } = input.at(-1) ?? {}
    if (schema) return JSON.stringify(scriptedJson(schema))
    if (prefix && endless !== undefined && content.endsWith(endless)) return ' it goes on and it never stops'.repeat(400)
    return `You said ${[...content].length} characters. ${content.slice(0, 60)}`
  }

  const api: PromptApi = {
    availability: async () => availability,
    async create({ initialPrompts = [], signal, monitor }) {
      if (refuses) throw refuses
      if (monitor) {
        const target = new EventTarget()
        monitor(target)
        for (const loaded of [0, 0.5, 1]) target.dispatchEvent(Object.assign(new Event('downloadprogress'), { loaded, total: 1 }))
      }
      await Promise.resolve()
      signal.throwIfAborted()
      let usage = count(initialPrompts)
      if (usage > quota) throw new DOMException('The initial prompts are too long.', 'QuotaExceededError')
      const state = { destroyed: false, asked: [] as (readonly PromptMessage[])[] }
      made.push(state)
      const named = old
        ? { inputQuota: quota, measureInputUsage: async (input: readonly PromptMessage[] | string) => count(input) }
        : { contextWindow: quota, measureContextUsage: async (input: readonly PromptMessage[] | string) => count(input) }
      const session = {
        ...named,
        promptStreaming(input: readonly PromptMessage[], options: { signal: AbortSignal; responseConstraint?: object }) {
          if (state.destroyed) throw new DOMException('The session is destroyed.', 'InvalidStateError')
          if (usage + count(input) > quota) throw new DOMException('The prompt is too long.', 'QuotaExceededError')
          state.asked.push(input)
          usage += count(input)
          const tokens = scriptedTokens(replyTo(input, options.responseConstraint as JsonSchema | undefined))
          let at = 0
          return new ReadableStream<string>(
            {
              async pull(controller) {
                await new Promise((resolve) => setTimeout(resolve, 1))
                if (options.signal.aborted) return controller.error(new DOMException('Aborted.', 'AbortError'))
                const token = tokens[at++]
                if (token === undefined) return controller.close()
                usage++
                controller.enqueue(token)
              },
            },
            { highWaterMark: 0 },
          )
        },
        destroy() {
          state.destroyed = true
        },
      }
      return Object.defineProperty(session, old ? 'inputUsage' : 'contextUsage', { get: () => usage })
    },
  }
  return { api, made }
}
