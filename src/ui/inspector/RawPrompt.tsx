import { Copy } from 'lucide-react'
import type { Manifest } from '#context/manifest.ts'
import { Button } from '#ui/kit/Button.tsx'
import { copyText } from '#ui/kit/copy-text.ts'
import { formatCount, formatPlural } from '#ui/kit/format.ts'
import { Icon } from '#ui/kit/Icon.tsx'
import { sectionLook } from '#ui/kit/section-look.ts'
import { promptRuns } from './prompt-runs.ts'

const roleWords = { system: 'system', user: 'user', assistant: 'assistant', reply: 'opening of the reply' }

/** The exact text that was sent, part by part; items stand on their section's colour with their ref, template marks do not. */
export function RawPrompt({ manifest }: { readonly manifest: Manifest }) {
  const text = manifest.prompt.map((part) => part.text).join('')
  return (
    <section aria-labelledby="raw-prompt">
      <div className="flex items-center gap-2">
        <h3 id="raw-prompt" className="text-sm font-semibold">
          Raw prompt
        </h3>
        <span className="flex-1 text-xs text-ink-3">
          {formatPlural(manifest.prompt.length, 'part')}, {formatCount(text.length)} characters
        </span>
        <Button className="-mr-3" onClick={() => void copyText(text, 'Prompt copied')}>
          <Icon of={Copy} />
          Copy
        </Button>
      </div>
      <p className="mb-2 text-xs text-ink-3">Joined, the parts are what the model read, byte for byte.</p>
      <ol className="space-y-1.5">
        {manifest.prompt.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stored prompt never changes, and its parts have no other name.
          <li key={index} className="rounded-md bg-paper px-3 pt-1.5 pb-2">
            <p className="flex text-xs text-ink-3">
              <span className="flex-1">{roleWords[part.role]}</span>
              <span className="num">{index + 1}</span>
            </p>
            <pre className="font-mono text-xs break-words whitespace-pre-wrap text-ink-2">
              {promptRuns(manifest, index).map((run, at) =>
                run.item ? (
                  <span
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                    key={at}
                    data-ref={run.item.ref}
                    className="box-decoration-clone rounded-xs bg-[color-mix(in_oklab,var(--section)_13%,transparent)] text-ink before:section-text before:mr-1.5 before:font-semibold before:text-2xs before:content-[attr(data-ref)]"
                    style={{ '--section': sectionLook[run.item.section].color }}
                  >
                    {run.text}
                  </span>
                ) : (
                  run.text
                ),
              )}
            </pre>
          </li>
        ))}
      </ol>
    </section>
  )
}
