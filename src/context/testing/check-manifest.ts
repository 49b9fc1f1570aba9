import { expect } from 'vitest'
import type { AssembleInput, CountTokens } from '#context/assemble-input.ts'
import { leastReserve, replyReserve } from '#context/budget.ts'
import type { DroppedItem, Manifest, ManifestItem } from '#context/manifest.ts'

// What SPEC.md says of every manifest, as checks that the property tests share.

export const itemsOf = (manifest: Manifest): ManifestItem[] => manifest.sections.flatMap((section) => section.items)

export const textOf = (manifest: Manifest): string => manifest.prompt.map((part) => part.text).join('')

/** C1: within the window less the reserve, each section within its own budget. */
export function checkBudget(manifest: Manifest, input: AssembleInput): void {
  const { size, reserve } = manifest.window
  const usual = replyReserve(size, input.sampling.maxOutputTokens)
  const total = manifest.sections.reduce((sum, section) => sum + section.tokens, 0)
  expect(total).toBeLessThanOrEqual(size - reserve)
  expect(reserve).toBeLessThanOrEqual(usual)
  expect(reserve).toBeGreaterThanOrEqual(leastReserve(usual))
  for (const section of manifest.sections) expect(section.tokens, section.name).toBeLessThanOrEqual(section.budgetTokens)
}

/** C6 and C8: exact sums, true places. */
export function checkCounts(manifest: Manifest, count: CountTokens): void {
  const total = manifest.prompt.reduce((sum, part) => sum + count(part.text), 0)
  expect(manifest.predicted.inputTokens).toBe(total)
  expect(manifest.sections.reduce((sum, section) => sum + section.tokens, 0)).toBe(total)
  expect(manifest.predicted.cachedInputTokens).toBeGreaterThanOrEqual(0)
  expect(manifest.predicted.cachedInputTokens).toBeLessThanOrEqual(total)
  const runs = manifest.sections.flatMap((section) => section.runs ?? []).sort((a, b) => a.start - b.start)
  let end = 0
  for (const run of runs) {
    expect(run.start).toBe(end)
    end += run.tokens
  }
  expect(end).toBe(total)
  const refs = new Set<string>()
  for (const section of manifest.sections) {
    expect((section.runs ?? []).reduce((sum, run) => sum + run.tokens, 0)).toBe(section.tokens)
    expect(section.items.reduce((sum, item) => sum + item.tokens, 0)).toBeLessThanOrEqual(section.tokens)
    for (const item of section.items) {
      expect(item.tokens).toBeGreaterThanOrEqual(0)
      expect(item.start).toBeLessThanOrEqual(total)
      expect(manifest.prompt[item.part]?.text.slice(item.from, item.to)).toBe(item.text)
      expect(refs.has(item.ref)).toBe(false)
      refs.add(item.ref)
    }
  }
}

/** C4: everything that might have been in is there once, kept or left out, with a reason that is true. */
export function checkAccount(manifest: Manifest, input: AssembleInput): void {
  const items = itemsOf(manifest)
  const refs = new Set(items.map((item) => item.ref))
  const { dropped } = manifest

  const kept = items.filter((item) => item.part === manifest.prompt.length - 2 && !item.carried && item.score)
  const out = dropped.filter((item) => item.section === 'recalled')
  const names = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key).sort()
  expect(names([...kept, ...out])).toEqual(names(input.candidates))

  const frozen = items.filter((item) => item.ref.startsWith('Y')).map((item) => item.key)
  const leftOfYou = dropped.filter((item) => item.section === 'you').map((item) => item.key)
  for (const { memory } of input.you)
    expect(Number(frozen.includes(memory.id)) + leftOfYou.filter((key) => key === memory.id).length, memory.id).toBe(1)
  expect(leftOfYou.every((key) => input.you.some(({ memory }) => memory.id === key))).toBe(true)

  const summaries = [...items.filter((item) => item.kind === 'summary'), ...dropped.filter((item) => item.section === 'summary')]
  if (input.summary) expect(summaries.filter((item) => item.key === input.summary?.id)).toHaveLength(1)

  const seen = new Map<string, number>()
  const see = (id: string) => seen.set(id, (seen.get(id) ?? 0) + 1)
  const places = new Map(input.path.map((message, index) => [message.id, index]))
  for (const item of items) if (item.kind === 'message' && item.part < manifest.prompt.length - 1) see(item.key)
  for (const item of dropped.filter((d) => d.section === 'turns')) {
    if (!item.range) see(item.key)
    else {
      const from = places.get(item.range.from) ?? -1
      const to = places.get(item.range.to) ?? -1
      expect(to - from + 1).toBe(item.range.messages)
      for (let index = from; index <= to; index++) see(input.path[index]?.id ?? '')
    }
  }
  expect(input.path.filter(({ id }) => seen.get(id) !== 1)).toEqual([])

  for (const item of dropped) checkReason(item, manifest, input, refs)
  const missing = dropped.flatMap(({ reason }) =>
    reason.type === 'no-room' ? [reason.neededTokens - reason.availableTokens] : [],
  )
  expect(missing).toEqual([...missing].sort((a, b) => a - b))
}

function checkReason(item: DroppedItem, manifest: Manifest, input: AssembleInput, refs: ReadonlySet<string>): void {
  const { reason } = item
  if (reason.type === 'no-room') {
    expect(reason.neededTokens).toBeGreaterThan(reason.availableTokens)
    expect(reason.availableTokens).toBeGreaterThanOrEqual(0)
  } else if (reason.type === 'below-threshold') {
    expect(reason.score).toBeLessThan(reason.threshold)
  } else if (reason.type === 'in-window') {
    expect(refs.has(reason.ref)).toBe(true)
  } else if (reason.type === 'folded') {
    expect(itemsOf(manifest).some((kept) => kept.memoryId === reason.into && kept.kind === 'summary')).toBe(true)
  } else if (reason.type === 'memory-off') {
    expect(input.memoryOn).toBe(false)
  } else if (reason.type === 'by-size') {
    expect(manifest.history?.band).toBe('recall')
    expect(reason.ratio).toBeGreaterThan(input.bySize?.recallAbove ?? Number.POSITIVE_INFINITY)
  } else if (reason.type === 'next-epoch') {
    expect(manifest.epoch.turn).toBeGreaterThan(1)
  }
}
