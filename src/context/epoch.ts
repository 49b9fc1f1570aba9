import type { EpochReason } from './manifest.ts'

/** Whether the next prompt goes on with the epoch of the last reply, or a new head is laid. */
export type EpochDecision = { readonly type: 'continue' } | { readonly type: 'new'; readonly reason: EpochReason }
