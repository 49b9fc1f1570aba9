import { useLonghand } from '#ui/longhand-context.tsx'
import { Licence } from '#ui/models/Licence.tsx'
import { SettingsSection } from './SettingsSection.tsx'

/** Privacy in plain words. */
export function PrivacySection() {
  return (
    <SettingsSection title="Privacy">
      <ul className="list-disc space-y-1.5 py-3 pl-5 text-ink-2 marker:text-ink-3">
        <li>
          Models run in this page, unless you allow a server. What you write and what they answer stay in this browser, on this
          device.
        </li>
        <li>
          There is no account, no telemetry and no server that hears you. The page that holds your conversations is forbidden to
          connect anywhere else; the browser enforces it.
        </li>
        <li>
          A server is asked only where you allowed one on the Models page and connected to it. What is sent there leaves this
          page; each reply made so says where its prompt went.
        </li>
        <li>
          Models from the hub are fetched by a page of their own, which cannot see your conversations. The hub learns which model
          you fetch.
        </li>
        <li>What is stored is not encrypted: whoever uses this browser profile can read it. A temporary chat is never stored.</li>
        <li>
          Clearing this site’s data in the browser deletes everything. A backup file is the only copy elsewhere, and it is yours.
        </li>
      </ul>
    </SettingsSection>
  )
}

/** Whose work this stands on. */
export function AboutSection() {
  const rows = useLonghand((state) => state.models)
  const models = rows.filter(({ model, onDisk }) => model.source === 'built-in' || onDisk === 'yes' || onDisk === 'partly')
  return (
    <SettingsSection title="About">
      <div className="space-y-1.5 py-3 text-ink-2">
        <p>Longhand is free software under the MIT licence.</p>
        <p>
          The built-in model’s GPU library is compiled with Apache TVM:{' '}
          <OwnFile href="/models/smollm2-135m/LICENSE">its licence</OwnFile>,{' '}
          <OwnFile href="/models/smollm2-135m/NOTICE">its notice</OwnFile>.
        </p>
      </div>
      {models.length > 0 && (
        <ul aria-label="Licences of the models" className="grid grid-cols-2 gap-x-8 gap-y-1 py-3 text-sm phone:grid-cols-1">
          {models.map(({ model }) => (
            <li key={model.id} className="flex justify-between gap-3">
              <span>{model.name}</span>
              <span>
                <Licence licence={model.licence} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </SettingsSection>
  )
}

/** A file of our own, in a new window. */
function OwnFile({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer noopener" className="link">
      {children}
    </a>
  )
}
