import { Link } from 'wouter'
import { Switch } from '#ui/kit/Switch.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { MeaningRow } from './MeaningRow.tsx'
import { SettingsSection } from './SettingsSection.tsx'

/** Memory on or off, everywhere. */
export function MemorySection() {
  const memory = useLonghand((state) => state.settings.memory)
  const { updateSettings } = useActions()
  return (
    <SettingsSection title="Memory">
      <div className="py-3">
        <Switch
          label="Read and write memory"
          hint="Recalls from all conversations what fits your message, and summarises long conversations after the reply. Each conversation can be left out by itself."
          checked={memory}
          onChange={(on) => void updateSettings({ memory: on })}
        />
        <p className="mt-2 pl-12 text-xs">
          <Link href="/memory" className="link">
            See what is remembered
          </Link>
        </p>
      </div>
      <MeaningRow />
    </SettingsSection>
  )
}
