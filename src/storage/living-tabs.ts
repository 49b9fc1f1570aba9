/** What is needed of the browser's lock manager. */
export type Locks = Pick<LockManager, 'request' | 'query'>

/** This tab's mark, held by a Web Lock that the browser lets go when the tab ends, however it ends. */
export type LivingTab = {
  readonly id: string
  /** Ids of all tabs that live, this one included; undefined where the platform cannot tell. */
  readonly living: () => Promise<ReadonlySet<string> | undefined>
  readonly leave: () => void
}

/** Resolves when the lock is held, so that no draft is written by a tab that seems dead. */
export async function enterTab(databaseName: string, id: string, locks: Locks | undefined): Promise<LivingTab> {
  if (!locks) return { id, living: async () => undefined, leave: () => {} }
  const prefix = `longhand:${databaseName}:tab:`
  let leave = () => {}
  await new Promise<void>((entered, failed) => {
    locks
      .request(prefix + id, () => {
        entered()
        return new Promise<void>((resolve) => {
          leave = resolve
        })
      })
      .catch(failed)
  })
  return {
    id,
    async living() {
      const { held = [] } = await locks.query()
      return new Set(held.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : [])))
    },
    leave: () => leave(),
  }
}
