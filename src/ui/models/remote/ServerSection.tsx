import { useState } from 'react'
import { Button } from '#ui/kit/Button.tsx'
import { Dialog } from '#ui/kit/Dialog.tsx'
import { Switch } from '#ui/kit/Switch.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { ServerModelRow } from './ServerModelRow.tsx'
import { ServerSetup } from './ServerSetup.tsx'

/** Models that run on a server outside this page: off by default, and plainly marked where they are used. */
export function ServerSection() {
  const { settings, document } = useLonghand((state) => state.remote)
  const row = useLonghand((state) => state.models.find(({ model }) => model.source === 'remote'))
  const { switchRemote } = useActions()
  const [asking, setAsking] = useState<'on' | 'off'>()
  const [changing, setChanging] = useState(false)
  if (document === 'absent') return null
  return (
    <section aria-labelledby="server" className="mt-10">
      <h2 id="server" className="text-sm font-semibold">
        A server outside this page
      </h2>
      <p className="mt-1 mb-3 max-w-152 text-sm text-ink-2">
        For models that are too large for this device: llama.cpp’s server, vLLM, Ollama, LM Studio, or another that speaks the
        same protocol. What you write to such a model leaves this page. It is never used unasked, and never in place of a model
        that failed.
      </p>
      <Switch
        label="Allow a server outside this page"
        hint={settings.on ? onHint(settings.address) : 'Off: this page can talk to nobody, and the browser enforces it.'}
        checked={settings.on}
        onChange={(on) => setAsking(on ? 'on' : 'off')}
      />
      {settings.on && document === 'sealed' && (
        <p className="mt-3 text-sm text-warn">This tab was opened before it was allowed. Reload it to use the server here.</p>
      )}
      {settings.on && document === 'may-talk' && (
        <div className="mt-4">
          {row && !changing ? (
            <ServerModelRow row={row} onChange={() => setChanging(true)} />
          ) : (
            <ServerSetup onDone={() => setChanging(false)} {...(row ? { onCancel: () => setChanging(false) } : {})} />
          )}
        </div>
      )}
      {asking === 'on' && (
        <Dialog
          title="Let this page talk to a server?"
          lead="You name one address next, and nothing is sent before you connect to it."
          onClose={() => setAsking(undefined)}
          foot={
            <>
              <Button onClick={() => setAsking(undefined)}>Keep it off</Button>
              <Button kind="primary" onClick={() => void switchRemote(true)}>
                Allow, and reload the page
              </Button>
            </>
          }
        >
          <ul className="list-disc space-y-1.5 pl-5 text-sm text-ink-2 marker:text-ink-3">
            <li>
              Each prompt goes to the server whole: your message, the conversation as far as it fits, and the memories recalled
              for it. Who runs the server can read it.
            </li>
            <li>
              The page itself stays as closed as it is. A hidden document of its own talks to the server; it cannot reach any
              other address, and reads none of your data.
            </li>
            <li>Every reply made so says where its prompt went, and so does its receipt.</li>
            <li>You connect by hand each time the page is opened. A reply that is being written now would stop.</li>
          </ul>
        </Dialog>
      )}
      {asking === 'off' && (
        <Dialog
          title="Switch the server off?"
          lead="Its address, its key and the chosen model are forgotten, and the page is reloaded. Replies that were made by it stay, with their marks."
          onClose={() => setAsking(undefined)}
          foot={
            <>
              <Button onClick={() => setAsking(undefined)}>Keep it</Button>
              <Button kind="destructive" onClick={() => void switchRemote(false)}>
                Switch off, and reload the page
              </Button>
            </>
          }
        />
      )}
    </section>
  )
}

const onHint = (address: string): string =>
  address === '' ? 'On, with no address yet: nothing can be sent.' : `On: prompts may be sent to ${address}, and nowhere else.`
