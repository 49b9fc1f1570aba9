import type { UnofferedModel } from '#ports/model.ts'
import { formatBytes, formatCount } from '#ui/kit/format.ts'

/** What the library was built for besides and Longhand does not run, with the reasons. */
export function UnofferedModels({ models }: { readonly models: readonly UnofferedModel[] }) {
  if (models.length === 0) return null
  return (
    <details className="mt-8">
      <summary className="w-fit cursor-pointer text-sm text-ink-2 touch:py-3">
        {formatCount(models.length)} models that Longhand does not run, and why
      </summary>
      <ul className="mt-2 text-sm">
        {models.map(({ name, why, memoryBytes, windowTokens }) => (
          <li
            key={name}
            className="grid grid-cols-[minmax(0,12.5rem)_minmax(0,1fr)] gap-x-6 border-line border-b py-2 phone:grid-cols-1"
          >
            <span className="font-semibold">{name}</span>
            <span className="text-xs text-ink-2">
              {why} It would need {formatBytes(memoryBytes)}
              {windowTokens !== undefined && ` with a window of ${formatCount(windowTokens)}`}.
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
