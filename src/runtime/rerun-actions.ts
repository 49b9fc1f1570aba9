import type { GenerateEvent } from '#ports/engine.ts'
import type { Actions } from './actions.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import { keepCached } from './in-cache.ts'
import type { Preview } from './preview.ts'
import { problemOf } from './problems.ts'
import { receiveReply, thoughtMarks } from './receive-reply.ts'
import type { Runtime } from './runtime.ts'
import { stopTexts } from './sampling.ts'

/**
 * Sends a recorded prompt, or what is left of it, to the loaded model once more, with the recorded sampling. Nothing is
 * stored. The engine is used while no turn runs; a turn that arrives goes first and ends it.
 */
export function rerunActions(
  runtime: Runtime,
  supervisor: EngineSupervisor,
  preview: Pick<Preview, 'refresh'>,
): Pick<Actions, 'rerun'> {
  return {
    async rerun(asked, watch) {
      let text = ''
      let end: Extract<GenerateEvent, { type: 'generation-end' }> | undefined
      try {
        return await runtime.engineRoom.run(
          'background',
          async (abort) => {
            const { engine, model, loaded } = supervisor.ready()
            try {
              const receiving = receiveReply(thoughtMarks(model), asked.prompt)
              for await (const event of engine.generate({ ...asked, stop: stopTexts(model, asked.sampling) }, abort)) {
                if (event.type === 'generation-end') end = event
                else if (event.type === 'prefill-progress') watch.onRead?.(event.doneTokens, event.totalTokens)
                else if (event.type === 'text-delta') {
                  // A thought is no part of the reply that is compared.
                  text = receiving.push(event.text, event.outputTokens, 0).text
                  watch.onText?.(text)
                }
              }
            } finally {
              await keepCached(runtime, engine)
              // What the cache holds may be another now, and the bar tells of it.
              preview.refresh()
            }
            if (!end || end.finishReason === 'cancelled')
              return watch.signal.aborted ? { type: 'stopped', text } : { type: 'interrupted', text }
            const { type: _type, ...usage } = end
            return { type: 'done', text, usage, modelId: model.id, engine: loaded.engine, windowTokens: loaded.windowTokens }
          },
          watch.signal,
        )
      } catch (error) {
        if (watch.signal.aborted) return { type: 'stopped', text }
        return { type: 'failed', problem: problemOf(error) }
      }
    },
  }
}
