import { formatCount } from '#ui/kit/format.ts'
import { Select } from '#ui/kit/Select.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { InstructionsField } from './InstructionsField.tsx'
import { SamplingOfModel } from './SamplingOfModel.tsx'
import { SettingRow, SettingsSection } from './SettingsSection.tsx'

const lengths = [128, 256, 512, 1024, 2048]

/** How replies are written: instructions, longest reply, how words are chosen. */
export function RepliesSection() {
  const { replyTokens } = useLonghand((state) => state.settings)
  const { updateSettings } = useActions()
  return (
    <SettingsSection title="Replies">
      <InstructionsField />
      <SettingRow
        name="Longest reply"
        hint="Kept free in the window for every reply, so a longer reply leaves less room for the conversation."
      >
        <Select
          label="Longest reply"
          hideLabel
          value={String(replyTokens)}
          options={withPresent(lengths, replyTokens).map((tokens) => ({
            value: String(tokens),
            label: `${formatCount(tokens)} tokens`,
          }))}
          onChange={(value) => void updateSettings({ replyTokens: Number(value) })}
        />
      </SettingRow>
      <SamplingOfModel />
    </SettingsSection>
  )
}

/** The choices, with the present value among them even where it is none of them. */
function withPresent(choices: readonly number[], present: number | undefined): readonly number[] {
  return present === undefined || choices.includes(present) ? choices : [...choices, present].sort((a, b) => a - b)
}
