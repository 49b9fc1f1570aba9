import type { SelfTestResult } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'

/** What became of the test after loading. */
export function SelfTestLine({ model, result }: { readonly model: Model; readonly result: SelfTestResult | undefined }) {
  if (!result) return null
  if (result.passed) return <p className="mt-1 text-xs text-ink-3">Tested after loading: it computes rightly here.</p>
  return (
    <p role="alert" className="mt-1 text-xs text-bad">
      It failed its test after loading: asked to go on counting, it wrote “{result.wrote.trim()}” instead of “{result.wanted}”.
      What it writes here is likely gibberish;{' '}
      {model.source === 'file'
        ? 'the file may be damaged or made for another program. Take another file.'
        : 'take its 32-bit build (f32), another model, or the CPU.'}
    </p>
  )
}
