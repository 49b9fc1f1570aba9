import { addCalls, type CallReport, noCalls } from '#memory/ask.ts'
import type { SettingsRepository } from '#ports/storage.ts'

/** What the model was asked for memory: each kind has its own form of answer. */
export const callKinds = ['summary', 'facts', 'reconcile', 'core', 'choose', 'search'] as const
export type CallKind = (typeof callKinds)[number]

/** What came of all calls of each kind on this device so far. */
export type CallLog = Readonly<Partial<Record<CallKind, CallReport>>>

const name = 'model-calls'

/** Reads the log; anything else under its name counts as an empty one. */
export async function readCallLog(settings: SettingsRepository): Promise<CallLog> {
  const stored = await settings.get(name)
  return typeof stored === 'object' && stored !== null ? (stored as CallLog) : {}
}

/** Adds to the log, so that a person can see how well the model writes. Only the tab with the model writes it, one job at a time. */
export async function noteCalls(settings: SettingsRepository, kind: CallKind, report: CallReport): Promise<void> {
  if (report.asked === 0) return
  const log = await readCallLog(settings)
  await settings.set(name, { ...log, [kind]: addCalls(log[kind] ?? noCalls, report) })
}
