import { expect, test } from '@playwright/test'
import { jsonLines } from '../../tools/campaign/json-lines.ts'

const rounds = Number(process.env.LONGHAND_CASES ?? 20)
const until = Date.now() + Number(process.env.MINUTES ?? 6) * 60_000

/** What became of one fault. */
export type Round = {
  /** From the fault until the page showed that something is the matter, and until it was ready again or said what to do. */
  readonly noticedMs: number
  readonly endedMs: number
  readonly end: 'ready' | 'said what to do'
  /** What was on disk at the fault is what the kept reply begins with; absent where nothing was being written. */
  readonly kept?: boolean
  /** The kept reply was gone on with to its end; absent where there was none. */
  readonly continued?: boolean
  readonly words?: string
}

const results = jsonLines<Round & { readonly kind: string; readonly round: number; readonly at: string }>('faults')
const roundsOf = (kind: string) => results.read().filter((line) => line.kind === kind)

/** Whether there are rounds of a kind to do now. */
export const isLeft = (kind: string) => roundsOf(kind).length < rounds && Date.now() < until

/** Runs the rounds of a kind that are still to do, then judges all of them. */
export async function campaign(kind: string, run: (number: number) => Promise<Round>): Promise<void> {
  while (isLeft(kind)) {
    const round = roundsOf(kind).length + 1
    results.add({ kind, round, at: new Date().toISOString(), ...(await run(round)) })
  }
  const done = roundsOf(kind)
  const bad = done.filter(({ noticedMs, kept, continued }) => noticedMs > 10_000 || kept === false || continued === false)
  expect(bad, `${kind}: rounds in which something was lost or nothing was said`).toEqual([])
  test.info().annotations.push({ type: 'rounds', description: `${done.length} of ${rounds}` })
  test.skip(done.length < rounds, `${rounds - done.length} rounds are left: run it again`)
}
