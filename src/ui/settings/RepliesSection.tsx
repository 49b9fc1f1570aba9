import { formatCount } from '#ui/kit/format.ts'
import { Select } from '#ui/kit/Select.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { currentModel } from './current-model.ts'
import { InstructionsField } from './InstructionsField.tsx'
import { SettingRow, SettingsSection } from './SettingsSection.tsx'

const lengths = [128, 256, 512, 1024, 2048]
const temperatures = [0, 0.2, 0.4, 0.6, 0.8, 1]

/** How replies are written: instructions, longest reply, temperature. */
export function RepliesSection() {
  const { replyTokens, temperature } = useLonghand((state) => state.settings)
  const model = useLonghand(currentModel)
  const { updateSettings } = useActions()
  const own = model ? `The model’s own, ${model.sampling.temperature}` : 'The model’s own'
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
      <SettingRow
        name="Temperature"
        hint="Low: the likeliest words, nearly the same each time. High: livelier, and wrong more often."
      >
        <Select
          label="Temperature"
          hideLabel
          value={temperature === undefined ? 'own' : String(temperature)}
          options={[
            { value: 'own', label: own },
            ...withPresent(temperatures, temperature).map((value) => ({ value: String(value), label: temperatureLabel(value) })),
          ]}
          onChange={(value) => void updateSettings({ temperature: value === 'own' ? undefined : Number(value) })}
        />
      </SettingRow>
    </SettingsSection>
  )
}

/** The choices, with the present value among them even where it is none of them. */
function withPresent(choices: readonly number[], present: number | undefined): readonly number[] {
  return present === undefined || choices.includes(present) ? choices : [...choices, present].sort((a, b) => a - b)
}

function temperatureLabel(value: number): string {
  if (value === 0) return '0, always the likeliest'
  return value === 1 ? '1, lively' : String(value)
}
