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
 * however it goes; the next one in line becomes the owner.
 */
export interface TabLink {
  readonly role: () => 'owner' | 'follower'
  readonly onRole: (callback: (role: 'owner' | 'follower') => void) => void
  /** Reaches the owner; from the owner itself it is a no-op. */
  readonly command: (command: TabCommand) => void
  readonly onCommand: (callback: (command: TabCommand) => void) => void
  /** Reaches all other tabs. */
  readonly publish: (event: TabEvent) => void
  readonly onEvent: (callback: (event: TabEvent) => void) => void
  readonly close: () => void
}

type Wire = { readonly to: 'owner'; readonly command: TabCommand } | { readonly to: 'others'; readonly event: TabEvent }

/** Links the tabs through a Web Lock and a BroadcastChannel. */
export function linkTabs(name: string, locks: LockManager, channel: BroadcastChannel): TabLink {
  let role: 'owner' | 'follower' = 'follower'
  let onRole: (role: 'owner' | 'follower') => void = () => {}
  let onCommand: (command: TabCommand) => void = () => {}
  let onEvent: (event: TabEvent) => void = () => {}
  let release: () => void = () => {}
  const closing = new AbortController()

  locks
    .request(`${name}/model-owner`, { signal: closing.signal }, () => {
      role = 'owner'
      onRole(role)
      return new Promise<void>((resolve) => {
        release = resolve
      })
    })
    .catch((error: unknown) => {
      if (!closing.signal.aborted) throw error
    })
  channel.addEventListener('message', ({ data }: MessageEvent<Wire>) => {
    if (data.to === 'others') onEvent(data.event)
    else if (role === 'owner') onCommand(data.command)
  })

  return {
    role: () => role,
    onRole: (callback) => {
      onRole = callback
    },
    command: (command) => channel.postMessage({ to: 'owner', command } satisfies Wire),
    onCommand: (callback) => {
      onCommand = callback
    },
    publish: (event) => channel.postMessage({ to: 'others', event } satisfies Wire),
    onEvent: (callback) => {
      onEvent = callback
    },
    close: () => {
      closing.abort()
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
