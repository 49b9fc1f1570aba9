import type { Message } from '#chat/message.ts'
import type { Retrieval } from '#ports/retrieval.ts'
import type { EngineSupervisor } from './engine-supervisor.ts'
import { readPath } from './read-path.ts'
import type { Runtime } from './runtime.ts'

/** What sending now would put into the prompt, kept up to date while the user types. */
export interface Preview {
  setDraft(text: string): void
  /** Makes it anew: another conversation, branch, model or memory. */
  refresh(): void
}

const typingPauseMs = 150

export function createPreview(runtime: Runtime, supervisor: EngineSupervisor): Preview {
  const { services, store } = runtime
  let draft = ''
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function make(): Promise<void> {
    const mine = ++turn
    const { open, engine, live } = store.getState()
    if (!open || (engine.type !== 'ready' && engine.type !== 'generating') || services.tabs.role() !== 'owner') {
      return store.setState({ preview: undefined })
    }
    if (live[open.conversation.id]) return
    const { model, loaded, counter } = supervisor.ready()
    const { conversation } = open
    const message: Message = {
      id: services.newId('msg'),
      conversationId: conversation.id,
      role: 'user',
      text: draft,
      createdAt: services.clock.now(),
      status: 'complete',
      ...(conversation.headId ? { parentId: conversation.headId } : {}),
    }
    const read = conversation.headId
      ? await readPath(runtime, conversation, conversation.headId, loaded.windowTokens)
      : { path: [], pathComplete: true }
    const nothing: Retrieval = { candidates: [], threshold: 0, confidence: 0 }
    const { prepareTurn } = await import('./prepare-turn.ts')
    const { manifest } = await prepareTurn(runtime, {
      conversation,
      path: [...read.path, message],
      pathComplete: read.pathComplete,
      replyId: services.newId('msg'),
      model,
      loaded,
      count: counter.count,
      ...(draft.trim() === '' ? { retrieval: nothing } : {}),
    })
    if (mine === turn) store.setState({ preview: { manifest, estimated: false } })
  }

  function schedule(ms: number): void {
    clearTimeout(timer)
    // A message that does not fit is told when it is sent; until then the bar shows the last plan that did.
    timer = setTimeout(() => void make().catch(() => store.setState({ preview: undefined })), ms)
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
  }
}
