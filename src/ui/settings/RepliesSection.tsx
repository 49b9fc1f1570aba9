import { formatCount } from '#ui/kit/format.ts'
import { Select } from '#ui/kit/Select.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { InstructionsField } from './InstructionsField.tsx'
import { ownLengthsLine } from './longest-reply-words.ts'
import { SamplingOfModel } from './SamplingOfModel.tsx'
import { SettingRow, SettingsSection } from './SettingsSection.tsx'

const lengths = [128, 256, 512, 1024, 2048]

/** How replies are written: instructions, longest reply, how words are chosen. */
export function RepliesSection() {
  const { replyTokens } = useLonghand((state) => state.settings)
  const exceptions = useLonghand(({ settings, models }) =>
    ownLengthsLine(
      settings,
      models.map(({ model }) => model),
    ),
  )
  const { updateSettings } = useActions()
  return (
    <SettingsSection title="Replies">
      <InstructionsField />
      <SettingRow
        name="Longest reply"
        hint={
          <>
            For every model without one of its own. Kept free in the window, so a longer reply leaves less room for the
            conversation.
            {exceptions && <span className="mt-1 block text-ink-2">{exceptions}</span>}
          </>
        }
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
