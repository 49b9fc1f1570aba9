import { changeWishes, noWishes } from '#chat/prompt-wishes.ts'
import type { PlanChange } from '#context/assemble-with.ts'
import type { Actions } from './actions.ts'
import { type PlanOf, planTurn } from './plan-turn.ts'
import type { Preview } from './preview.ts'
import { modelToPlan } from './preview-turn.ts'
import { problemOf } from './problems.ts'
import { notify, type Runtime } from './runtime.ts'
import type { PlanTarget } from './state.ts'

type PlanActions = Pick<Actions, 'planPrompt' | 'whatBringsIn' | 'applyPlan'>
type Needs = Pick<Actions, 'setWishes' | 'regenerate'>

const words: Readonly<Partial<Record<PlanChange['type'], string>>> = {
  hide: 'Hidden from the prompts of this chat. It stays here and on disk.',
  show: 'Shown in the prompts of this chat again.',
  pin: 'Pinned for the prompts of this chat.',
  unpin: 'No longer pinned for the prompts of this chat.',
  'new-epoch': 'The next message begins a new epoch.',
}

function wordsFor(changes: readonly PlanChange[]): string {
  const [only, ...others] = changes
  if (others.length === 0 && only?.type === 'shorten')
    return only.shortening
      ? 'Shortened in the prompts of this chat. The whole words stay here and on disk.'
      : 'Sent whole in the prompts of this chat again.'
  return (others.length === 0 && only && words[only.type]) || 'The plan of this chat was changed.'
}

/** Plans of prompts: seen before anything is sent, changed, and applied. */
export function planActions(runtime: Runtime, preview: Preview, { setWishes, regenerate }: Needs): PlanActions {
  const { store } = runtime

  async function prepare(target: PlanTarget, changes: readonly PlanChange[]) {
    const { open } = store.getState()
    const model = modelToPlan(runtime)
    if (!open || !model) return undefined
    const of: PlanOf = target.type === 'next' ? { type: 'next', text: preview.draft() } : target
    const turn = await planTurn(runtime, open, of, model, changes)
    return turn && { turn, model }
  }

  return {
    async planPrompt(target, changes) {
      try {
        const prepared = await prepare(target, changes)
        return prepared && { type: 'planned', manifest: prepared.turn.manifest, estimated: prepared.model.estimated }
      } catch (error) {
        return { type: 'failed', problem: problemOf(error) }
      }
    },
    async whatBringsIn(target, key) {
      try {
        const prepared = await prepare(target, [])
        if (!prepared) return undefined
        const { remediesFor } = await import('./remedies-for.ts')
        return remediesFor(prepared.turn, key, prepared.model.count)
      } catch (error) {
        return { type: 'failed', problem: problemOf(error) }
      }
    },
    async applyPlan(target, changes) {
      const conversation = store.getState().open?.conversation
      if (!conversation) return
      const { id, wishes = noWishes } = conversation
      const wanted = changes.filter((change) => change.type !== 'new-epoch')
      const anew = wanted.length < changes.length
      if (anew) runtime.anew.add(id)
      await setWishes(id, changeWishes(wishes, wanted))
      notify(runtime, {
        tone: 'info',
        text: target.type === 'again' ? 'The plan of this chat was changed; the reply is made again.' : wordsFor(changes),
        action: {
          label: 'Undo',
          run: () => {
            if (anew) runtime.anew.delete(id)
            void setWishes(id, wishes)
          },
        },
      })
      if (target.type === 'again') await regenerate(target.replyId)
    },
  }
}
