import { Segmented } from '#ui/kit/Segmented.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { SettingRow, SettingsSection } from './SettingsSection.tsx'

/** Theme and size of text. */
export function AppearanceSection() {
  const theme = useLonghand((state) => state.settings.theme)
  const textSize = useLonghand((state) => state.settings.textSize)
  const { updateSettings } = useActions()
  return (
    <SettingsSection title="Appearance">
      <SettingRow name="Theme" hint="System follows what this device is set to.">
        <Segmented
          label="Theme"
          hideLabel
          value={theme}
          options={[
            { value: 'system', label: 'System' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onChange={(value) => void updateSettings({ theme: value })}
        />
      </SettingRow>
      <SettingRow name="Text size">
        <Segmented
          label="Text size"
          hideLabel
          value={textSize}
          options={[
            { value: 'small', label: 'Small' },
            { value: 'normal', label: 'Normal' },
            { value: 'large', label: 'Large' },
          ]}
          onChange={(value) => void updateSettings({ textSize: value })}
        />
      </SettingRow>
    </SettingsSection>
  )
}
