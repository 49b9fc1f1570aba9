import type { Model } from '#ports/model.ts'
import { formatBytes } from '#ui/kit/format.ts'
import { hubBuild } from './hub-build.ts'

/** The models that the hub has for Longhand. */
export function ChooseModel({ models }: { readonly models: readonly Model[] }) {
  return (
    <>
      <h1 className="text-xl font-semibold">Get a model</h1>
      <p className="mt-1 max-w-prose text-ink-2">
        This page fetches models from the hub. It holds none of your conversations; the page that does talks to nobody.
      </p>
      <ul className="mt-5 space-y-3">
        {models.map((model) => (
          <li key={model.id}>
            <a href={`/get.html?model=${encodeURIComponent(model.id)}`} className="link">
              {model.name}
            </a>
            <span className="num text-ink-2"> {formatBytes(hubBuild(model)?.downloadBytes ?? 0)}</span>
            <p className="text-ink-2">{model.note}</p>
          </li>
        ))}
      </ul>
      <p className="mt-6">
        <a href="/#/models" className="link">
          Back to Longhand
        </a>
      </p>
    </>
  )
}
