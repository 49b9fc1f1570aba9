import { renderSidePrompt, type SidePrompt } from '#context/render-side-prompt.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import type { Runtime } from './runtime.ts'

/**
 * Asks the loaded model something beside the chat, greedily, while no turn runs. A turn that arrives aborts it: the promise
 * then rejects with an AbortError and the job that asked is run again later.
 */
export async function sideCall(
  runtime: Runtime,
  supervisor: EngineSupervisor,
  ask: { readonly prompt: SidePrompt; readonly maxOutputTokens: number; readonly stop?: readonly string[] },
  signal: AbortSignal,
): Promise<string> {
  return runtime.engineRoom.run(
    'background',
    async (abort) => {
      const { engine, model } = supervisor.ready()
      const request = {
        prompt: renderSidePrompt(model.template, ask.prompt),
        sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: ask.maxOutputTokens },
        stop: [...model.template.stop, ...(ask.stop ?? [])],
      }
      runtime.inCache = undefined
      let text = ''
      for await (const event of engine.generate(request, abort)) {
        if (event.type === 'text-delta') text += event.text
        else if (event.type === 'generation-end' && event.finishReason === 'cancelled')
          throw new DOMException('A turn came first.', 'AbortError')
      }
      return text
    },
    signal,
  )
}
