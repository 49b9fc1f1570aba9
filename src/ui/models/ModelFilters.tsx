import { Segmented } from '#ui/kit/Segmented.tsx'
import { Select } from '#ui/kit/Select.tsx'
import type { ModelFilter } from './filter-models.ts'

type Props = { readonly filter: ModelFilter; readonly onChange: (filter: ModelFilter) => void }

/** Narrows the list: by words, by what fits or is here, by what a model is good for. */
export function ModelFilters({ filter, onChange }: Props) {
  return (
    <search className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2" aria-label="Models">
      <input
        type="search"
        aria-label="Find a model"
        placeholder="Find a model"
        value={filter.words}
        onChange={(event) => onChange({ ...filter, words: event.target.value })}
        className="min-h-8 touch:min-h-11 w-48 rounded-md bg-raised px-2.5 text-sm ring-1 ring-edge ring-inset phone:w-full"
      />
      <Segmented
        label="Show"
        hideLabel
        value={filter.show}
        options={[
          { value: 'fits', label: 'Fits here' },
          { value: 'all', label: 'All' },
          { value: 'here', label: 'On disk' },
        ]}
        onChange={(show) => onChange({ ...filter, show })}
      />
      <Select
        label="Good for"
        hideLabel
        value={filter.use}
        options={[
          { value: 'any', label: 'For anything' },
          { value: 'memory', label: 'To write memory' },
          { value: 'long', label: 'For long texts' },
        ]}
        onChange={(use) => onChange({ ...filter, use })}
      />
    </search>
  )
}
