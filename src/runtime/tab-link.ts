import type { ConversationId, MessageId } from '#shared/ids.ts'
import type { EngineState, LiveReply } from './state.ts'

/** What a tab without the model asks of the tab that has it. */
export type TabCommand =
  | {
      readonly type: 'answer'
      readonly conversationId: ConversationId
      readonly userMessageId: MessageId
      readonly continues?: MessageId
    }
  | { readonly type: 'stop'; readonly conversationId: ConversationId }
  | { readonly type: 'load'; readonly modelId: string }
  | { readonly type: 'cancel-load' }
  | { readonly type: 'try-now' }
  | { readonly type: 'restart' }
  | { readonly type: 'unload' }
  /** A new tab asks for the present state. */
  | { readonly type: 'hello' }

/** What the owner of the model tells the other tabs. */
export type TabEvent =
  | { readonly type: 'engine'; readonly engine: EngineState }
  | { readonly type: 'live'; readonly live: LiveReply }
  | { readonly type: 'live-ended'; readonly conversationId: ConversationId }

/**
 * The tabs of one browser. One of them owns the model at a time, by a lock that the browser frees when that tab goes,
 * however it goes; the next one in line becomes the owner. An owner that does not take a command in time (frozen, hung) is
 * replaced by the tab that gave it, and becomes a follower when it wakes.
 */
export interface TabLink {
  readonly role: () => 'owner' | 'follower'
  readonly onRole: (callback: (role: 'owner' | 'follower') => void) => void
  /** Reaches the owner; where that does not take it, this tab becomes the owner and gets it. From the owner it is a no-op. */
  readonly command: (command: TabCommand) => void
  readonly onCommand: (callback: (command: TabCommand) => void) => void
  /** Reaches all other tabs. */
  readonly publish: (event: TabEvent) => void
  readonly onEvent: (callback: (event: TabEvent) => void) => void
  readonly close: () => void
}

type Wire =
  | { readonly to: 'owner'; readonly id: string; readonly at: number; readonly command: TabCommand }
  | { readonly to: 'sender'; readonly taken: string }
  | { readonly to: 'others'; readonly event: TabEvent }

/** What an owner may take to say that it got a command, in milliseconds. Its page has to run, not to be idle. */
const takeMs = 3_000

/** Links the tabs through a Web Lock and a BroadcastChannel. */
export function linkTabs(name: string, locks: LockManager, channel: BroadcastChannel, patienceMs = takeMs): TabLink {
  let role: 'owner' | 'follower' = 'follower'
  let onRole: (role: 'owner' | 'follower') => void = () => {}
  let onCommand: (command: TabCommand) => void = () => {}
  let onEvent: (event: TabEvent) => void = () => {}
  let release: () => void = () => {}
  let line = new AbortController()
  let closed = false
  /** Commands that no owner has taken yet. */
  const untaken = new Map<string, { readonly command: TabCommand; readonly timer: ReturnType<typeof setTimeout> }>()

  function take(id: string): void {
    clearTimeout(untaken.get(id)?.timer)
    untaken.delete(id)
  }
  function own(): Promise<void> {
    role = 'owner'
    onRole(role)
    for (const [id, { command }] of untaken) {
      take(id)
      onCommand(command)
    }
    return new Promise((resolve) => {
      release = resolve
    })
  }
  /** Rejects when the tab leaves the line, and when another tab has taken the lock from it. */
  async function request(options: LockOptions): Promise<void> {
    try {
      await locks.request(`${name}/model-owner`, options, own)
    } catch (error) {
      if (closed || options.signal?.aborted) return
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error
      role = 'follower'
      onRole(role)
      standInLine()
    }
  }
  function standInLine(): void {
    line = new AbortController()
    void request({ signal: line.signal })
  }
  function takeOver(): void {
    if (closed || role === 'owner') return
    line.abort()
    void request({ steal: true })
  }

  standInLine()
  channel.addEventListener('message', ({ data }: MessageEvent<Wire>) => {
    if (data.to === 'others') onEvent(data.event)
    else if (data.to === 'sender') take(data.taken)
    else if (role === 'owner' && Date.now() - data.at < patienceMs) {
      // An older one has found another owner meanwhile, of which an owner that hung hears only now.
      channel.postMessage({ to: 'sender', taken: data.id } satisfies Wire)
      onCommand(data.command)
    }
  })

  return {
    role: () => role,
    onRole: (callback) => {
      onRole = callback
    },
    command: (command) => {
      if (role === 'owner') return
      const id = crypto.randomUUID()
      untaken.set(id, { command, timer: setTimeout(takeOver, patienceMs) })
      channel.postMessage({ to: 'owner', id, at: Date.now(), command } satisfies Wire)
    },
    onCommand: (callback) => {
      onCommand = callback
    },
    publish: (event) => channel.postMessage({ to: 'others', event } satisfies Wire),
    onEvent: (callback) => {
      onEvent = callback
    },
    close: () => {
      closed = true
      line.abort()
      for (const id of untaken.keys()) take(id)
      release()
      channel.close()
    },
  }
}

/** For tests and for browsers without Web Locks: one tab that owns the model. */
export function singleTab(): TabLink {
  const nothing = () => {}
  return {
    role: () => 'owner',
    onRole: nothing,
    command: nothing,
    onCommand: nothing,
    publish: nothing,
    onEvent: nothing,
    close: nothing,
  }
}
