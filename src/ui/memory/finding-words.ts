import { Copy, Hourglass, KeyRound, type LucideIcon, Quote, Scale } from 'lucide-react'
import type { Finding, Repair } from '#memory/lint-memory.ts'
import type { MemoryCheck } from '#memory/memory.ts'
import { formatDay, formatPlural } from '#ui/kit/format.ts'

type CheckWords = {
  readonly title: string
  readonly one: string
  readonly many: string
  readonly why: string
  readonly icon: LucideIcon
}

/** The checks in the order in which they are shown. */
export const checkWords: Readonly<Record<MemoryCheck, CheckWords>> = {
  contradiction: {
    title: 'Contradictions',
    one: 'contradiction',
    many: 'contradictions',
    why: 'Two values for one thing are open. Say which one holds; the other stays in the history.',
    icon: Scale,
  },
  secret: {
    title: 'Secrets',
    one: 'secret',
    many: 'secrets',
    why: 'They would go into prompts and backups. The message that they came from still has them.',
    icon: KeyRound,
  },
  duplicate: {
    title: 'Said twice',
    one: 'said twice',
    many: 'said twice',
    why: 'They say the same. Merged, they keep the sources of all.',
    icon: Copy,
  },
  echo: {
    title: 'Only the assistant said so',
    one: 'said by the assistant alone',
    many: 'said by the assistant alone',
    why: 'No message of yours says it. Read back to the model, a guess turns into a fact.',
    icon: Quote,
  },
  stale: {
    title: 'Past their time',
    one: 'past its time',
    many: 'past their time',
    why: 'They take a place among what still matters.',
    icon: Hourglass,
  },
}

/** "2 contradictions, 1 secret". */
export function findingCounts(findings: readonly Finding[]): string {
  return (Object.keys(checkWords) as MemoryCheck[])
    .flatMap((check) => {
      const count = findings.filter((finding) => finding.check === check).length
      const { one, many } = checkWords[check]
      return count === 0 ? [] : [formatPlural(count, one, many)]
    })
    .join(', ')
}

/** What is known of one finding beyond its kind. */
export function findingNote(finding: Finding, now: number): string {
  if (finding.secrets) {
    const names = { key: 'an API key', card: 'a card number', password: 'a password' }
    return `holds ${finding.secrets.map((type) => names[type]).join(' and ')}`
  }
  if (finding.stale) {
    const day = formatDay(finding.stale.since, now)
    return { due: `was due ${day}`, quiet: `open since ${day}, nobody came back to it`, ended: `ended ${day}` }[
      finding.stale.reason
    ]
  }
  return ''
}

/** The words of a repair's button, and what the notice says once it is done. */
export function repairWords(finding: Finding, repair: Repair): { readonly label: string; readonly said: string } {
  const loop = finding.memories[0]?.kind === 'loop'
  switch (repair.name) {
    case 'hold':
      return { label: 'This holds', said: 'The value that you chose holds; the other is in its history.' }
    case 'merge':
      return { label: 'Merge them', said: `${formatPlural(finding.memories.length, 'memory', 'memories')} merged into one.` }
    case 'mask':
      return { label: 'Black it out', said: 'The secret is blacked out in memory.' }
    case 'retire':
      return loop ? { label: 'Close it', said: 'The open loop is closed.' } : { label: 'Forget it', said: 'Forgotten.' }
    case 'keep':
      return {
        label: { contradiction: 'Both hold', duplicate: 'Keep both', echo: 'It is true', stale: 'Keep it', secret: 'Keep it' }[
          finding.check
        ],
        said: 'Kept. It is not asked about again.',
      }
  }
}
