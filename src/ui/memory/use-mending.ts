import { useMemo, useRef, useState } from 'react'
import type { Finding, Repair } from '#memory/lint-memory.ts'
import type { OpId } from '#shared/ids.ts'
import { announce } from '#ui/kit/announcement.ts'
import { useActions } from '#ui/longhand-context.tsx'
import { repairWords } from './finding-words.ts'

/** A finding, or in its place what was done about it since the page was opened. */
export type ShownFinding = {
  readonly finding: Finding
  readonly done?: { readonly said: string; readonly ops: readonly OpId[] } | undefined
}

export type Mending = {
  readonly shown: readonly ShownFinding[]
  readonly mend: (finding: Finding, repair: Repair) => Promise<void>
  readonly unmend: (finding: Finding) => Promise<void>
}

/** Keeps what was mended in its place, with its undo, while others are looked at; findings do not move. */
export function useMending(findings: readonly Finding[]): Mending {
  const { changeMemory, undoOps } = useActions()
  const [mended, setMended] = useState<ReadonlyMap<string, ShownFinding>>(new Map())
  const order = useRef<readonly string[]>([])
  const shown = useMemo(() => {
    const present = new Map<string, ShownFinding>(findings.map((finding) => [finding.id, { finding }]))
    for (const [id, one] of mended) present.set(id, one)
    const known = order.current.filter((id) => present.has(id))
    const fresh = [...present.keys()].filter((id) => !known.includes(id))
    order.current = [...known, ...fresh]
    return order.current.flatMap((id) => present.get(id) ?? [])
  }, [findings, mended])
  return {
    shown,
    async mend(finding, repair) {
      const { said } = repairWords(finding, repair)
      const ops = await changeMemory(repair.ops)
      if (ops.length === 0) return
      setMended((before) => new Map(before).set(finding.id, { finding, done: { said, ops } }))
      announce(said)
    },
    async unmend(finding) {
      const done = mended.get(finding.id)?.done
      if (!done) return
      await undoOps(done.ops)
      setMended((before) => new Map([...before].filter(([id]) => id !== finding.id)))
      announce('Taken back')
    },
  }
}
