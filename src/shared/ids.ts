/** Ids carry their type in their text (`msg:0190…`), so that a log line or a stored row names what it points to. */
export type Id<Prefix extends string> = `${Prefix}:${string}`
export type ConversationId = Id<'conv'>
export type MessageId = Id<'msg'>
export type EpochId = Id<'epoch'>
export type MemoryId = Id<'mem'>
export type OpId = Id<'op'>
export type JobId = Id<'job'>

/** Makes a fresh id. Ids made later sort later, so that they can serve as time-ordered keys. */
export type NewId = <Prefix extends string>(prefix: Prefix) => Id<Prefix>

/** Deterministic ids for tests, benchmarks and property checks. */
export function countingIds(start = 0): NewId {
  let next = start
  return (prefix) => `${prefix}:${String(next++).padStart(12, '0')}`
}
