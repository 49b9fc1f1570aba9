import type { SamplingChoice } from './sampling.ts'

/** What the user can set; stored under one name and read by every tab. */
export type Settings = {
  readonly theme: 'system' | 'light' | 'dark'
  readonly textSize: 'small' | 'normal' | 'large'
  /** Most tokens of a reply. */
  readonly replyTokens: number
  /** System instructions; empty means the model's own. */
  readonly instructions: string
  readonly memory: boolean
  /** How memory finds what means the same: by the table of word vectors alone, or with the neural embedder besides. */
  readonly meaning: 'small' | 'neural'
  /** The neural embedder's id, where it is not the one that comes with Longhand. */
  readonly embedder?: string | undefined
  readonly runsOn: 'automatic' | 'gpu' | 'cpu'
  /** Window in tokens by model id, where the user chose one. */
  readonly windows: Readonly<Record<string, number>>
  /** Models whose window rolls: its cache keeps the beginning and the newest of what they read. */
  readonly rolling: Readonly<Record<string, boolean>>
  /** How words are chosen, by model id; what is absent is as the model recommends. */
  readonly sampling: Readonly<Record<string, SamplingChoice>>
  /** From before it was set by model: holds for models without a temperature of their own. */
  readonly temperature?: number | undefined
  /** Enter sends and Shift+Enter breaks the line, or the other way round. */
  /** The browser's own model may be used. */
  readonly browserModel: boolean
  readonly sendWithEnter: boolean
  /** How screen readers hear a reply. */
  readonly announce: 'sentences' | 'finished'
}

export const defaultSettings: Settings = {
  theme: 'system',
  textSize: 'normal',
  replyTokens: 512,
  instructions: '',
  memory: true,
  meaning: 'small',
  runsOn: 'automatic',
  windows: {},
  rolling: {},
  sampling: {},
  browserModel: false,
  sendWithEnter: true,
  announce: 'finished',
}
