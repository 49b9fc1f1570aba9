import { useEffect, useId, useState } from 'react'
import type { Conversation } from '#chat/conversation.ts'
import { describeHistory } from '#context/history.ts'
import { isOwnMix, ownMixId, readOwnMix } from '#strategies/own-mix.ts'
import { planOf, profileOf, profiles } from '#strategies/profiles.ts'
import { missingOf } from '#strategies/reach.ts'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { formatCount } from '#ui/kit/format.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { callWords } from './call-words.ts'
import { OwnMix } from './OwnMix.tsx'
import { SourcesChoice } from './SourcesChoice.tsx'

type Props = { readonly conversation: Conversation; readonly onClose: () => void }

const offered = profiles.filter(({ strategies }) => strategies.every((one) => missingOf(one).length === 0))

/** Chooses what is remembered in this conversation, and says what the change will cost. */
export function ProfileDialog({ conversation, onClose }: Props) {
  const { setProfile, setSources, profileCost } = useActions()
  const name = useId()
  const present = profileOf(conversation.profile).id
  const [chosen, setChosen] = useState(present)
  // What a mix begins with, and what it was while another kind is looked at.
  const [mix, setMix] = useState(() =>
    isOwnMix(present) ? present : ownMixId({ strategies: profileOf(present).strategies.map(({ id }) => id), knobs: {} }),
  )
  const own = isOwnMix(chosen)
  const history = useLonghand(({ preview }) => preview?.manifest.history)
  const named = conversation.sources ?? 'none'
  const [sources, choose] = useState(named)
  const changed = chosen !== present || sources !== named
  const [cost, setCost] = useState<number>()
  useEffect(() => {
    void profileCost().then(setCost)
  }, [profileCost])
  return (
    <Dialog
      title="Memory of this chat"
      lead="What is remembered here, and what of it the model is told."
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind="primary"
            disabled={!changed || (own && !readOwnMix(chosen))}
            onClick={() => {
              if (chosen !== present) void setProfile(conversation.id, chosen)
              if (sources !== named) void setSources(conversation.id, sources)
              onClose()
            }}
          >
            {chosen === present && changed ? 'Save' : `Use ${own ? 'your own mix' : profileOf(chosen).name}`}
          </Button>
        </>
      }
    >
      <fieldset className="my-3.5">
        <legend className="sr-only">Kind of memory</legend>
        {offered.map(({ id, name: title, about }) => (
          <label key={id} className="flex cursor-pointer items-start gap-2.5 border-line border-t py-2 touch:min-h-11">
            <input
              type="radio"
              name={name}
              value={id}
              checked={chosen === id}
              onChange={() => setChosen(id)}
              className="mt-1 accent-accent"
            />
            <span>
              <span className="font-semibold">{title}</span>
              <small className="block text-xs text-ink-2">{about}</small>
              <small className="block text-xs text-ink-3">{callWords(planOf(id).calls)}</small>
            </span>
          </label>
        ))}
        <label className="flex cursor-pointer items-start gap-2.5 border-line border-t py-2 touch:min-h-11">
          <input
            type="radio"
            name={name}
            value="own"
            checked={own}
            onChange={() => setChosen(mix)}
            className="mt-1 accent-accent"
          />
          <span>
            <span className="font-semibold">Your own mix</span>
            <small className="block text-xs text-ink-2">Methods of your choice, each with what it costs.</small>
            {own && readOwnMix(chosen) && <small className="block text-xs text-ink-3">{callWords(planOf(chosen).calls)}</small>}
          </span>
        </label>
      </fieldset>
      {own && (
        <OwnMix
          id={chosen}
          onChange={(id) => {
            setMix(id)
            setChosen(id)
          }}
        />
      )}
      {history && <p className="mb-3 text-xs text-ink-2">{describeHistory(history)}</p>}
      <SourcesChoice value={sources} onChange={choose} />
      <p role="status" className="min-h-4.5 text-xs text-ink-3">
        {changed && cost !== undefined && costWords(cost)}
      </p>
    </Dialog>
  )
}

function costWords(tokens: number): string {
  if (tokens === 0) return 'Nothing was sent here yet: the change costs nothing.'
  return `The next message begins a new prompt: up to ${formatCount(tokens)} tokens are read anew, once.`
}
