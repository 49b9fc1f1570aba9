import { noRemote } from './remote/remote-settings.ts'
import { defaultSettings } from './settings.ts'
import type { LonghandState } from './state.ts'

export const initialState: LonghandState = {
  boot: { type: 'starting' },
  settings: defaultSettings,
  conversations: [],
  open: undefined,
  opening: false,
  live: {},
  saving: {},
  manifests: {},
  preview: undefined,
  engine: { type: 'none' },
  ownFile: { type: 'idle' },
  embedder: { type: 'off' },
  embedderModel: undefined,
  device: { gpu: 'unknown', threads: 1, crossOriginIsolated: false },
  remote: { settings: noRemote, document: 'absent' },
  browserModel: 'absent',
  models: [],
  unoffered: undefined,
  memories: [],
  memoryOps: [],
  pendingJobs: 0,
  tab: 'follower',
  storage: { persisted: 'unknown', damaged: [], copy: { type: 'none', reason: 'starting' } },
  backup: { type: 'idle' },
  importing: { type: 'idle' },
  notices: [],
  turnProblem: undefined,
  outdated: false,
}
