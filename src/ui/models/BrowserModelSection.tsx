import type { BrowserModelState } from '#runtime/state.ts'
import { Button } from '#ui/kit/Button.tsx'
import { ProgressBar } from '#ui/kit/ProgressBar.tsx'
import { Switch } from '#ui/kit/Switch.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'
import { loadFraction, loadWords } from '#ui/shell/engine-words.ts'

const words: Readonly<Record<Exclude<BrowserModelState, 'absent'>, string>> = {
  unavailable: 'The browser says that it cannot be had on this device.',
  downloadable: 'It is not here yet: the browser downloads it when it is loaded, and does not say how large it is.',
  downloading: 'The browser is downloading it.',
  available: 'The browser says that it is ready.',
}

/** A model that the browser brings itself: offered only where there is one, and off until it is wanted. */
export function BrowserModelSection() {
  const found = useLonghand((state) => state.browserModel)
  const on = useLonghand((state) => state.settings.browserModel)
  const { updateSettings } = useActions()
  // Some browsers have the API and say at once that there is no model: nothing to offer.
  if (found === 'absent' || (found === 'unavailable' && !on)) return null
  return (
    <section aria-labelledby="browser-model" className="mt-10">
      <h2 id="browser-model" className="text-sm font-semibold">
        The browser’s own model
      </h2>
      <p className="mt-1 mb-3 max-w-152 text-sm text-ink-2">
        This browser offers pages a model of its own. Which one it is, and whether all of it runs on this device, is for the
        browser’s maker to say: this page cannot see it. Tokens are counted by the browser’s own measure; there are no figures of
        what it reuses, and no settings of how it chooses words.
      </p>
      <Switch
        label="Offer the browser’s own model"
        hint={on ? words[found] : 'Off: nothing is sent to it.'}
        checked={on}
        onChange={(browserModel) => void updateSettings({ browserModel })}
      />
      {on && found !== 'unavailable' && <LoadRow />}
    </section>
  )
}

function LoadRow() {
  const engine = useLonghand((state) => state.engine)
  const row = useLonghand((state) => state.models.find(({ model }) => model.source === 'browser'))
  const { loadModel, cancelLoad, unloadModel } = useActions()
  if (!row) return null
  const mine = engine.type !== 'none' && engine.model.id === row.model.id
  if (mine && engine.type === 'loading')
    return (
      <div className="mt-3 flex max-w-152 items-center gap-4 text-sm">
        <span>{loadWords(engine)}</span>
        <ProgressBar label={`Loading ${row.model.name}`} fraction={loadFraction(engine.progress)} className="flex-1" />
        <Button onClick={cancelLoad}>Cancel</Button>
      </div>
    )
  if (mine && (engine.type === 'ready' || engine.type === 'generating'))
    return (
      <p className="mt-3 flex items-center gap-4 text-sm">
        <span>
          Loaded, with a window of <span className="num">{engine.loaded.windowTokens.toLocaleString('en')}</span> tokens as the
          browser counts.
        </span>
        <Button onClick={() => void unloadModel()}>Unload</Button>
      </p>
    )
  return (
    <div className="mt-3">
      {mine && engine.type === 'error' && <ProblemNote problem={engine.problem} />}
      <Button kind="outline" onClick={() => void loadModel(row.model.id)}>
        Load the browser’s model
      </Button>
    </div>
  )
}
