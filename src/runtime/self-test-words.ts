import type { SelfTestResult } from '#ports/engine.ts'
import type { Model } from '#ports/model.ts'

/** What a failed self-test means and what to do. */
export function selfTestWords(
  model: Model,
  { wanted, wrote }: SelfTestResult,
): { readonly text: string; readonly detail: string } {
  if (model.source === 'file')
    return {
      text: `${model.name} does not compute rightly here: what it writes is likely gibberish. Its file may be damaged or made for another program; take another.`,
      detail: asked(wanted, wrote),
    }
  return {
    text: `${model.name} does not compute rightly on this GPU: what it writes here is likely gibberish. Take its 32-bit build (f32) or another model, run it on the CPU, or update the graphics driver.`,
    detail: asked(wanted, wrote),
  }
}

const asked = (wanted: string, wrote: string) =>
  `Asked to go on counting, it wrote ${JSON.stringify(wrote)} where ${JSON.stringify(wanted)} had to come.`
