import { formatBytes } from '#ui/kit/format.ts'
import type { HubOffer } from './hub-build.ts'

/** The models that the hub has for Longhand, each with its builds. */
export function ChooseModel({ offers }: { readonly offers: readonly HubOffer[] }) {
  const names = [...new Set(offers.map(({ name }) => name))]
  return (
    <>
      <h1 className="text-xl font-semibold">Get a model</h1>
      <p className="mt-1 max-w-prose text-ink-2">
        This page fetches models from the hub. It holds none of your conversations; the page that does talks to nobody. Which
        model suits this device stands on the{' '}
        <a href="/#/models" className="link">
          Models page
        </a>
        .
      </p>
      <ul className="mt-5 space-y-3">
        {names.map((name) => {
          const builds = offers.filter((offer) => offer.name === name)
          return (
            <li key={name}>
              <p className="font-semibold">{name}</p>
              <p className="text-ink-2">{builds[0]?.note}</p>
              <p className="flex flex-wrap gap-x-4">
                {builds.map((offer) => (
                  <a
                    key={offer.id}
                    href={`/get.html?model=${encodeURIComponent(offer.id)}`}
                    aria-label={`${name}, ${offer.quantization}`}
                    className="link touch:inline-flex touch:min-h-11 touch:items-center"
                  >
                    {offer.quantization}, <span className="num">{formatBytes(offer.build.downloadBytes)}</span>
                  </a>
                ))}
              </p>
            </li>
          )
        })}
      </ul>
    </>
  )
}
