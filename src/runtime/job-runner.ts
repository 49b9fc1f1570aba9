import type { Job } from '#ports/storage.ts'
import type { ConversationId } from '#shared/ids.ts'
import type { Runtime } from './runtime.ts'
import { notify } from './runtime.ts'

/** Tries before a job is given up, with a notice. */
const maxAttempts = 3

/** What the next prompt needs comes before what is only nice to have: a title must not keep a summary waiting. */
const order: readonly Job['type'][] = ['purge', 'remember', 'consolidate', 'title']
const rank = (type: Job['type']) => order.indexOf(type)

/** `later`: could not run now (aborted by a turn, no model); it stays in the queue and no attempt is counted. */
export type JobOutcome = 'done' | 'later'
export type JobHandler = (job: Job, signal: AbortSignal) => Promise<JobOutcome>

/**
 * Works through the persisted queue in the tab that owns the model, one job at a time, while no turn runs. Jobs are
 * idempotent, so one that was cut off by a crash is simply run again.
 */
export interface JobRunner {
  enqueue(type: Job['type'], conversationId: ConversationId, hash: string, payload: Job['payload']): Promise<void>
  /** Runs what waits, if nothing else runs. */
  kick(): void
  /** Stops the job under way; it stays in the queue. */
  yield(): void
}

export function createJobRunner(runtime: Runtime, handlers: Record<Job['type'], JobHandler>): JobRunner {
  const { services, store } = runtime
  const { jobs } = services.storage
  let current: { readonly controller: AbortController; type?: Job['type'] } | undefined
  let again = false

  async function work(signal: AbortSignal): Promise<void> {
    const waiting = await jobs.list()
    store.setState({ pendingJobs: waiting.filter(({ type }) => type === 'consolidate').length })
    for (const job of waiting.toSorted((a, b) => rank(a.type) - rank(b.type))) {
      if (signal.aborted || services.tabs.role() !== 'owner') return
      if (current) current.type = job.type
      try {
        const outcome = await handlers[job.type](job, signal)
        if (outcome === 'done') await jobs.remove(job.id)
      } catch (error) {
        if (signal.aborted) return
        // A turn came first: the job stays and is run when the engine is idle again.
        if (error instanceof DOMException && error.name === 'AbortError') return
        if (job.attempts + 1 < maxAttempts) await jobs.recordAttempt(job.id)
        else {
          await jobs.remove(job.id)
          const detail = error instanceof Error ? error.message : String(error)
          notify(runtime, { tone: 'bad', text: `A memory job failed ${maxAttempts} times and was given up.`, detail })
        }
      }
    }
    const left = await jobs.list()
    store.setState({ pendingJobs: left.filter(({ type }) => type === 'consolidate').length })
  }

  const runner: JobRunner = {
    async enqueue(type, conversationId, hash, payload) {
      const id = services.newId('job')
      await jobs.enqueue({ id, type, hash, conversationId, createdAt: services.clock.now(), attempts: 0, payload })
      if (current?.type && rank(current.type) > rank(type)) current.controller.abort()
      runner.kick()
    },
    kick() {
      if (current) {
        again = true
        return
      }
      const controller = new AbortController()
      current = { controller }
      void work(controller.signal)
        .catch((error: unknown) => {
          const detail = error instanceof Error ? error.message : String(error)
          notify(runtime, { tone: 'bad', text: 'The queue of memory jobs could not be read.', detail })
        })
        .finally(() => {
          current = undefined
          if (again) {
            again = false
            runner.kick()
          }
        })
    },
    yield: () => current?.controller.abort(),
  }
  return runner
}
