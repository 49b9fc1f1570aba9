import type { MemoryKind } from '#memory/memory.ts'
import { formatCount } from '#ui/kit/format.ts'
import { kindWords } from './memory-words.ts'

type Props = {
  readonly counts: readonly (readonly [MemoryKind, number])[]
  readonly chosen: MemoryKind | undefined
  readonly onChoose: (kind: MemoryKind | undefined) => void
}

/** All, or one kind, each with how many there are. */
export function KindFilter({ counts, chosen, onChoose }: Props) {
  const all = counts.reduce((sum, [, count]) => sum + count, 0)
  return (
    <fieldset className="thin-scroll -ml-2 flex min-w-0 gap-0.5 overflow-x-auto">
      <legend className="sr-only">Kinds</legend>
      <Choice label="All" count={all} pressed={chosen === undefined} onPress={() => onChoose(undefined)} />
      {counts.map(([kind, count]) => (
        <Choice
          key={kind}
          label={kindWords[kind].many}
          count={count}
          pressed={chosen === kind}
          onPress={() => onChoose(chosen === kind ? undefined : kind)}
        />
      ))}
    </fieldset>
  )
}

type ChoiceProps = { readonly label: string; readonly count: number; readonly pressed: boolean; readonly onPress: () => void }

function Choice({ label, count, pressed, onPress }: ChoiceProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onPress}
      className="inline-flex touch:min-h-11 min-h-8 flex-none cursor-pointer items-center gap-1.5 px-2 text-sm whitespace-nowrap text-ink-2 -outline-offset-2 hover:text-ink aria-pressed:font-semibold aria-pressed:text-ink aria-pressed:shadow-[inset_0_-2px_0_var(--color-accent)]"
    >
      {label}
      <span className="num text-xs font-normal text-ink-3">{formatCount(count)}</span>
    </button>
  )
}
