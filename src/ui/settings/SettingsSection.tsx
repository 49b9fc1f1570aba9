import { type ReactNode, useId } from 'react'

/** A part of the settings page with its title. */
export function SettingsSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="mt-8">
      <h2 id={id} className="mb-1 text-sm font-semibold">
        {title}
      </h2>
      <div className="divide-y divide-line border-line border-y">{children}</div>
    </section>
  )
}

/** One setting: what it is and what it does on the left, its control on the right. */
export function SettingRow({
  name,
  hint,
  children,
}: {
  readonly name: ReactNode
  readonly hint?: ReactNode
  readonly children?: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <div>{name}</div>
        {hint && <p className="max-w-120 text-xs text-ink-3">{hint}</p>}
      </div>
      {children}
    </div>
  )
}
