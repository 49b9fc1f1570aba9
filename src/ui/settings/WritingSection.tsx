import { Button } from '#ui/kit/Button.tsx'
import { Segmented } from '#ui/kit/Segmented.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { openDialog } from '#ui/shell/shell-state.ts'
import { SettingRow, SettingsSection } from './SettingsSection.tsx'

/** Keyboard and screen readers. */
export function WritingSection() {
  const { sendWithEnter, announce } = useLonghand((state) => state.settings)
  const { updateSettings } = useActions()
  return (
    <SettingsSection title="Keyboard and screen readers">
      <SettingRow
        name="Send with"
        hint={sendWithEnter ? 'Shift+Enter begins a new line.' : 'Enter begins a new line. Ctrl+Enter or ⌘+Enter sends too.'}
      >
        <Segmented
          label="Send with"
          hideLabel
          value={sendWithEnter ? 'enter' : 'modified'}
          options={[
            { value: 'enter', label: 'Enter' },
            { value: 'modified', label: 'Shift+Enter' },
          ]}
          onChange={(value) => void updateSettings({ sendWithEnter: value === 'enter' })}
        />
      </SettingRow>
      <SettingRow name="Screen readers hear" hint="Replies are never read out word by word.">
        <Segmented
          label="Screen readers hear"
          hideLabel
          value={announce}
          options={[
            { value: 'finished', label: 'The finished reply' },
            { value: 'sentences', label: 'Whole sentences' },
          ]}
          onChange={(value) => void updateSettings({ announce: value })}
        />
      </SettingRow>
      <SettingRow name="All keys" hint="Everything in Longhand can be done with the keyboard.">
        <Button kind="outline" onClick={() => openDialog('shortcuts')}>
          Show the keys
        </Button>
      </SettingRow>
    </SettingsSection>
  )
}
