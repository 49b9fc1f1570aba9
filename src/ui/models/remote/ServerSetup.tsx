import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import type { ServerFound } from '#ports/remote-server.ts'
import type { Problem } from '#shared/problem.ts'
import { parseServerAddress } from '#shared/server-address.ts'
import { Button } from '#ui/kit/Button.tsx'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { ProblemNote } from '#ui/notices/ProblemNote.tsx'
import { badAddressWords } from './bad-address-words.ts'
import { ChooseServerModel } from './ChooseServerModel.tsx'
import { TextField } from './TextField.tsx'

type Props = { readonly onDone: () => void; readonly onCancel?: () => void }

type Look =
  | { readonly type: 'none' | 'looking' }
  | { readonly type: 'found'; readonly found: ServerFound; readonly address: string }
  | { readonly type: 'failed'; readonly problem: Problem }

/** Names a server: its address, its key, and then which of its models. */
export function ServerSetup({ onDone, onCancel }: Props) {
  const id = useId()
  const stored = useLonghand((state) => state.remote.settings)
  const { lookAtServer, setRemote, setRemoteKey, hasRemoteKey } = useActions()
  const [typed, setTyped] = useState(stored.address)
  const [key, setKey] = useState('')
  const [keyKept, setKeyKept] = useState(false)
  const [look, setLook] = useState<Look>({ type: 'none' })
  const asking = useRef<AbortController>(undefined)
  useEffect(() => {
    void hasRemoteKey().then(setKeyKept)
    return () => asking.current?.abort()
  }, [hasRemoteKey])
  const parsed = parseServerAddress(typed)
  const bad = 'bad' in parsed && typed.trim() !== '' ? badAddressWords[parsed.bad] : undefined

  async function submit(event: FormEvent) {
    event.preventDefault()
    if ('bad' in parsed) return
    const { address } = parsed
    const controller = new AbortController()
    asking.current?.abort()
    asking.current = controller
    setLook({ type: 'looking' })
    // The key of one server is never sent to another.
    const known = key === '' && address === stored.address ? undefined : key
    const answer = await lookAtServer(address, known, controller.signal)
    if (controller.signal.aborted) return
    setLook(answer.type === 'found' ? { ...answer, address } : answer)
  }

  if (look.type === 'found')
    return (
      <ChooseServerModel
        address={look.address}
        found={look.found}
        onBack={() => setLook({ type: 'none' })}
        onChoose={async (model, sideWork) => {
          if (key !== '' || look.address !== stored.address) await setRemoteKey(key)
          await setRemote({ address: look.address, model, sideWork })
          onDone()
        }}
      />
    )
  return (
    <form onSubmit={(event) => void submit(event)} className="max-w-136" aria-label="The server">
      <TextField
        label="Address of the server"
        placeholder="http://localhost:8080"
        inputMode="url"
        value={typed}
        onChange={setTyped}
        {...(bad ? { problem: bad } : {})}
        hint="With its port. The browser lets requests go to this address alone."
      />
      <TextField
        label="Key, if the server wants one"
        type="password"
        value={key}
        onChange={setKey}
        placeholder={keyKept ? 'The stored one' : ''}
        hint="Kept in this browser’s database, as readable as all that is stored there, and in no backup and no receipt."
      />
      {look.type === 'failed' && (
        <div role="alert" className="mt-3">
          <ProblemNote problem={look.problem} />
        </div>
      )}
      <div className="mt-3 flex flex-wrap items-center gap-2">
        <Button
          kind="outline"
          type="submit"
          disabled={'bad' in parsed || look.type === 'looking'}
          aria-describedby={`${id}-look`}
        >
          {look.type === 'looking' ? 'Looking…' : 'Look for its models'}
        </Button>
        {onCancel && <Button onClick={onCancel}>Cancel</Button>}
        <span id={`${id}-look`} role="status" className="text-xs text-ink-3">
          {look.type === 'looking' ? 'Asking the server what it offers' : 'Sends nothing that you wrote.'}
        </span>
      </div>
    </form>
  )
}
