import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useRoute } from 'wouter'

/** A part of the settings page with its title. An address may name it, `/settings/storage`: it is then brought into view. */
export function SettingsSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  const section = useRef<HTMLElement>(null)
  const [wanted] = useRoute(`/settings/${title.toLowerCase()}`)
  useEffect(() => {
    if (wanted) section.current?.scrollIntoView()
  }, [wanted])
  return (
    <section ref={section} aria-labelledby={id} className="scroll-mt-4 mt-8">
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
