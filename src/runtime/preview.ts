import { choosesByModel, planOf } from '#strategies/profiles.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import { previewTurn } from './preview-turn.ts'
import type { Runtime } from './runtime.ts'

/** What sending now would put into the prompt, kept up to date while the user types. */
export interface Preview {
  setDraft(text: string): void
  /** Makes it anew: another conversation, branch, model or memory. */
  refresh(): void
  /** The text in the composer. */
  draft(): string
}

/** While somebody types a preview is begun this often at most, and never before the last one is there. */
const typingPauseMs = 150

export function createPreview(runtime: Runtime, supervisor: EngineSupervisor): Preview {
  const { services, store } = runtime
  let draft = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0
  let running = false
  let again = false

  async function make(): Promise<void> {
    const mine = ++turn
    const { open, engine, live } = store.getState()
    if (!open || (engine.type !== 'ready' && engine.type !== 'generating') || services.tabs.role() !== 'owner') {
      return store.setState({ preview: undefined })
    }
    if (live[open.conversation.id]) return
    const { model, loaded, counter } = supervisor.ready()
    const text = draft
    const manifest = await previewTurn(runtime, open, text, { model, loaded, count: counter.count })
    // What the model will choose for the message is not known before it is asked: here rules chose.
    const chosen = model.writesMemory && choosesByModel(planOf(open.conversation.profile))
    if (mine === turn)
      store.setState({ preview: { manifest, estimated: chosen || text !== draft || counter.estimates === true } })
  }

  async function run(): Promise<void> {
    timer = undefined
    if (running) {
      again = true
      return
    }
    running = true
    // A message that does not fit is told when it is sent; until then the bar shows the last plan that did.
    await make().catch(() => store.setState({ preview: undefined }))
    running = false
    if (again) {
      again = false
      schedule(0)
    }
  }

  /** Keys do not put a preview off: who types on sees it follow. */
  function schedule(ms: number): void {
    if (ms === 0) {
      clearTimeout(timer)
      turn++
    } else if (timer !== undefined) return
    timer = setTimeout(() => void run(), ms)
  }

  // Another model, or none: another window to draw.
  store.subscribe((state, before) => {
    const { type } = state.engine
    if (type !== before.engine.type && type !== 'loading' && type !== 'generating' && before.engine.type !== 'generating')
      schedule(0)
  })

  return {
    setDraft(text) {
      if (text === draft) return
      draft = text
      const { preview } = store.getState()
      if (preview && !preview.estimated) store.setState({ preview: { ...preview, estimated: true } })
      schedule(typingPauseMs)
    },
    refresh: () => schedule(0),
    draft: () => draft,
  }
}
