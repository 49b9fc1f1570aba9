import { type SamplingNumber, samplingBounds } from '#context/sampling-bounds.ts'
import type { EngineName, Model } from '#ports/model.ts'
import { asChosen, longestReply, type SamplingChoice, samplingLacks } from '#runtime/sampling.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatCount } from '#ui/kit/format.ts'
import { Switch } from '#ui/kit/Switch.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { currentEngine, currentModel, currentWindow } from './current-model.ts'
import { ownLengthHint } from './longest-reply-words.ts'
import { SamplingField } from './SamplingField.tsx'
import { StopTexts } from './StopTexts.tsx'

const first: readonly SamplingNumber[] = ['temperature', 'topP', 'seed', 'maxOutputTokens']
const more: readonly SamplingNumber[] = ['topK', 'minP', 'repetitionPenalty', 'presencePenalty', 'frequencyPenalty']

const hints: Readonly<Record<Exclude<SamplingNumber, 'maxOutputTokens'>, string>> = {
  temperature: 'Low: the likeliest words, nearly the same each time. High: livelier, and wrong more often.',
  topP: 'Only the likeliest words that together have this share.',
  seed: 'The same seed and the same prompt give the same reply.',
  topK: 'Only so many of the likeliest words.',
  minP: 'Only words with this share of the likeliest one’s chance.',
  repetitionPenalty: 'Above 1: what stands in the last 64 tokens becomes less likely.',
  presencePenalty: 'The same, once for each word that stands there.',
  frequencyPenalty: 'The same, for each time that it stands there.',
}

/** How the present model chooses its words. Empty fields are as the model recommends. */
export function SamplingOfModel() {
  const settings = useLonghand((state) => state.settings)
  const { sampling, temperature, replyTokens } = settings
  const given = useLonghand(currentModel)
  const engine = useLonghand(currentEngine)
  const windowTokens = useLonghand(currentWindow)
  const { updateSettings } = useActions()
  if (!given) return null
  const model = asChosen({ sampling }, given)
  const choice = sampling[model.id] ?? {}
  const old: SamplingChoice = temperature === undefined ? {} : { temperature }
  const save = (next: SamplingChoice) => updateSettings({ sampling: { ...sampling, [model.id]: next } })
  const change = <Key extends keyof SamplingChoice>(key: Key, value: SamplingChoice[Key] | undefined) => {
    const { [key]: _before, ...others } = choice
    void save(value === undefined ? others : { ...others, [key]: value })
  }
  const own = ownWords(model.sampling, replyTokens)
  const field = (key: SamplingNumber) => (
    <SamplingField
      key={key}
      of={key}
      value={choice[key] ?? old[key]}
      own={own[key]}
      hint={key === 'maxOutputTokens' ? ownLengthHint(longestReply(settings, model.id), windowTokens) : hints[key]}
      onChange={(value) => {
        // A choice of the model's own replaces what was once set for all.
        if (key === 'temperature' && temperature !== undefined && value === undefined)
          void updateSettings({ temperature: undefined })
        change(key, value)
      }}
    />
  )
  const lacks = engine ? samplingLacks[engine] : []
  const missing = lacks.map((key) => {
    const value = model.sampling[key as keyof Model['sampling']]
    return `${samplingBounds[key].name}${value === undefined ? '' : ` (recommended: ${value})`}`
  })
  const isOwn = Object.keys(choice).length === 0 && temperature === undefined
  return (
    <div className="py-3">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h3 className="font-medium text-sm">How {model.name} chooses its words</h3>
        <Button
          kind="text"
          className="-my-1"
          disabled={isOwn}
          onClick={() => {
            const { [model.id]: _gone, ...others } = sampling
            void updateSettings({ sampling: others, temperature: undefined })
          }}
        >
          As the model recommends
        </Button>
      </div>
      <p className="text-xs text-ink-3">
        An empty field is as it stands there in grey: the model’s recommendation, and for the longest reply the one above.
      </p>
      {model.thinking === 'off' && model.thinks && (
        <div className="mt-3">
          <Switch
            label="Think before answering"
            hint="It writes a thought first, shown folded above the reply. Better on hard questions; slower, and the thought counts towards the longest reply. A change begins a new epoch."
            checked={choice.thinking ?? false}
            onChange={(on) => change('thinking', on || undefined)}
          />
        </div>
      )}
      {model.thinking === 'always' && (
        <p className="mt-3 text-xs text-ink-3">It always thinks in writing first; the thought is shown folded above the reply.</p>
      )}
      <div className="mt-3 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-4">
        {first.filter((key) => !lacks.includes(key)).map(field)}
      </div>
      <StopTexts texts={choice.stop ?? []} onChange={(texts) => change('stop', texts.length > 0 ? texts : undefined)} />
      <details>
        <summary className="cursor-pointer py-1 text-sm touch:py-2.5">Penalties and cut-offs</summary>
        <div className="mt-2 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3">
          {more.filter((key) => !lacks.includes(key)).map(field)}
        </div>
        {missing.length > 0 && (
          <p className="mt-3 text-xs text-ink-3">
            {missing.join(' and ')} {missing.length === 1 ? 'is' : 'are'} {engine && lackWords[engine]}
          </p>
        )}
      </details>
    </div>
  )
}

const lackWords: Readonly<Record<EngineName, string>> = {
  webllm: 'not offered on the GPU: WebLLM chooses without.',
  wllama: 'not offered on the CPU.',
  remote: 'in no request to a server.',
  browser: 'set by the browser alone.',
  scripted: 'not offered.',
}

function ownWords(model: Model['sampling'], replyTokens: number): Readonly<Record<SamplingNumber, string>> {
  return {
    temperature: String(model.temperature),
    topP: String(model.topP),
    topK: String(model.topK ?? 'none'),
    minP: String(model.minP ?? 'none'),
    repetitionPenalty: String(model.repetitionPenalty ?? 'none'),
    presencePenalty: String(model.presencePenalty ?? 'none'),
    frequencyPenalty: String(model.frequencyPenalty ?? 'none'),
    seed: 'new each reply',
    maxOutputTokens: `as above (${formatCount(replyTokens)})`,
  }
}
