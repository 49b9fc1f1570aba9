import { cutText } from '#context/selective/cut-text.ts'
import type { PromptPart } from '#context/template.ts'
import { EngineError } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'
import { textHash } from '#shared/text-hash.ts'
import type { Actions } from './actions.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import { keepCached } from './in-cache.ts'
import type { Preview } from './preview.ts'
import { modelToPlan } from './preview-turn.ts'
import { problemOf } from './problems.ts'
import type { Runtime } from './runtime.ts'

/**
 * How likely words are to the loaded model, and texts without their least informative phrases. Nothing is stored. As with a
 * prompt that is sent again, the engine is used while no turn runs, beside the conversations that it has in its cache.
 */
export function scoreActions(
  runtime: Runtime,
  supervisor: EngineSupervisor,
  preview: Pick<Preview, 'refresh'>,
): Pick<Actions, 'scoreTokens' | 'shortenText'> {
  return {
    async scoreTokens({ prompt, text }, { signal, onProgress }) {
      try {
        return await runtime.engineRoom.run(
          'background',
          async (abort) => {
            const { engine, model } = supervisor.ready()
            const request = { prompt: prompt ?? openingOf(model), text }
            const scoring = engine.scoreTokens(request, (progress) => onProgress?.(progress), abort)
            const scores = await scoring.finally(() => keepCached(runtime, engine))
            return { type: 'done', scores, by: { type: 'model', modelId: model.id, name: model.name } } as const
          },
          signal,
        )
      } catch (error) {
        if (signal.aborted) return { type: 'stopped' }
        if (error instanceof EngineError && error.type === 'aborted') return { type: 'interrupted' }
        return { type: 'failed', problem: problemOf(error) }
      } finally {
        // What the cache holds may be another now, and the bar tells of it.
        preview.refresh()
      }
    },
    async shortenText(text, ratio, scored) {
      const model = modelToPlan(runtime)
      if (!model) return undefined
      const { chooseCuts } = await import('#context/selective/choose-cuts.ts')
      const cuts = chooseCuts(text, ratio, model.count, scored?.scores)
      return {
        shortening: { ratio, cuts, textHash: textHash(text), by: scored?.by ?? { type: 'words' } },
        wholeTokens: model.count(text),
        tokens: model.count(cutText(text, cuts)),
        estimated: model.estimated,
      }
    },
  }
}

/** What a message begins with: words by themselves are scored as if somebody said them first. */
function openingOf({ template }: Model): readonly PromptPart[] {
  return [{ role: 'user', text: template.start + template.user.before }]
}
