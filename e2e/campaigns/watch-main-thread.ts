import type { Browser, Page } from '@playwright/test'

type TraceEvent = {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/**
 * The longest tasks of the page's main thread while `work` runs, in milliseconds: as they took, and in time of the
 * processor, which tells the page's own work from waiting for others on a busy machine.
 */
export async function longestTasks(
  browser: Browser,
  page: Page,
  work: () => Promise<void>,
): Promise<{ readonly wallMs: number; readonly cpuMs: number; readonly over50: number; readonly tasks: number }> {
  await browser.startTracing(page, { categories: ['toplevel', '__metadata'] })
  const began = Date.now()
  await work()
  const tookMs = Date.now() - began
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: readonly TraceEvent[] }
  const main = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const tasks = traceEvents.filter(
    ({ ph, pid, tid, name }) => ph === 'X' && main.has(`${pid} ${tid}`) && name.includes('RunTask'),
  )
  const longest = (of: (event: TraceEvent) => number | undefined) =>
    tasks.reduce((most, event) => Math.max(most, of(event) ?? 0), 0) / 1000
  const first = tasks.reduce((least, { ts }) => Math.min(least, ts), Number.POSITIVE_INFINITY)
  const last = tasks.reduce((most, { ts }) => Math.max(most, ts), 0)
  // A trace that is full records no more.
  if ((last - first) / 1000 < 0.95 * tookMs - 2000) throw new Error('The trace does not reach to the end.')
  return {
    wallMs: longest(({ dur }) => dur),
    cpuMs: longest(({ tdur }) => tdur),
    over50: tasks.filter(({ tdur }) => (tdur ?? 0) > 50_000).length,
    tasks: tasks.length,
  }
}
