import { assemble } from '#context/assemble.ts'
import type { Actions } from './actions.ts'
import { planTurn } from './plan-turn.ts'
import { modelToPlan } from './preview-turn.ts'
import { problemOf } from './problems.ts'
import type { Runtime } from './runtime.ts'

/** Tokens that a template puts around a message, about. */
const marks = 8

/** The prompt that holds all that was said before a message and nothing from memory: the control of what memory is worth. */
export function wholeTranscript(runtime: Runtime): Pick<Actions, 'layWhole'> {
  return {
    async layWhole(replyId) {
      const { open } = runtime.store.getState()
      const model = modelToPlan(runtime)
      if (!open || !model || model.estimated) return undefined
      try {
        const turn = await planTurn(runtime, open, { type: 'again', replyId }, model)
        if (!turn) return undefined
        const { summary: _summary, previous: _previous, continued: _continued, wishes: _wishes, ...input } = turn.input
        const bare = { you: [], candidates: [], memoryOn: false, cacheCold: true } as const
        const manifest = assemble({ ...input, ...bare, decision: { type: 'new', reason: 'first-turn' } }, model.count)
        const whole = input.pathComplete && manifest.mode === 'everything-fits'
        if (whole) return { type: 'laid', manifest }
        const said = input.path.reduce((sum, { text }) => sum + model.count(text) + marks, 0)
        return { type: 'too-long', tokens: said, complete: input.pathComplete, windowTokens: model.loaded.windowTokens }
      } catch (error) {
        return { type: 'failed', problem: problemOf(error) }
      }
    },
  }
}
