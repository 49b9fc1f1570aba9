import { useId } from 'react'
import type { FilesState } from '#ports/model.ts'
import { formatBytes } from '#ui/kit/format.ts'
import { openOutside } from '#ui/outside/open-outside.ts'
import { BrowserRoom } from './BrowserRoom.tsx'
import type { HubOffer } from './hub-build.ts'

type Props = {
  readonly offer: HubOffer
  readonly size: string
  readonly here: FilesState | undefined
  /** What the room in the browser is looked at anew for. */
  readonly when: string
  readonly address: string
  /** What is wrong with the address. */
  readonly problem: string | undefined
  readonly onAddress: (address: string) => void
}

/** What is known of a model before a byte is fetched: size, room for it, licence, and where it comes from. */
export function ModelFacts({ offer, size, here, when, address, problem, onAddress }: Props) {
  const id = useId()
  const { build, licence } = offer
  return (
    <dl className="mt-5 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5">
      <dt className="text-ink-3">Download</dt>
      <dd className="num">
        {size}, {offer.quantization}
        {here && here.bytes > 0 && `. ${formatBytes(here.bytes)} of it are here already.`}
      </dd>
      <dt className="text-ink-3">Room</dt>
      <dd>
        <BrowserRoom neededBytes={Math.max(0, build.downloadBytes - (here?.bytes ?? 0))} when={when} />
      </dd>
      <dt className="text-ink-3">Languages</dt>
      <dd>{offer.languages}</dd>
      <dt className="text-ink-3">Licence</dt>
      <dd>
        {licence.name}
        {': '}
        <button type="button" className="link break-all text-left" onClick={() => openOutside(licence.url)}>
          {licence.url}
        </button>
      </dd>
      <dt className="text-ink-3">From</dt>
      <dd>
        <span className="break-all">{address === '' ? build.baseUrl : address}</span>
        <details>
          <summary className="link w-fit cursor-pointer text-sm touch:py-3">From another address</summary>
          <label htmlFor={id} className="mt-1 block text-sm text-ink-2">
            A folder at the hub or on this server that holds the same files
          </label>
          <input
            id={id}
            value={address}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={problem !== undefined}
            aria-describedby={`${id}-problem`}
            onChange={(event) => onAddress(event.target.value)}
            className="mt-1 min-h-8 w-full max-w-prose rounded-md bg-raised px-2.5 text-sm ring-1 ring-edge ring-inset touch:min-h-11"
          />
          <p id={`${id}-problem`} className="text-sm text-bad">
            {problem}
          </p>
        </details>
      </dd>
    </dl>
  )
}
