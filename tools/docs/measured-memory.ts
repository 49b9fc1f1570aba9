import { builtIn } from '../../src/engine/catalogue/built-in.ts'
import { tinyModel } from '../../src/engine/catalogue/tiny-model.ts'
import { memoryNeed } from '../../src/ports/memory-need.ts'

/** Bytes of all GPU buffers alive at most, by src/engine/webllm/gpu-memory.browser.test.ts on Chromium's software adapter, 2026-11-27. */
const measured = [
  { model: tinyModel, windowTokens: 1024, bytes: 4_759_396 },
  { model: tinyModel, windowTokens: 4096, bytes: 7_906_660 },
  { model: builtIn, windowTokens: 1024, bytes: 161_492_376 },
  { model: builtIn, windowTokens: 4096, bytes: 303_051_672 },
]

/** Rows of a table: model, window, predicted, asked for, difference. */
export function measuredRows(): readonly string[] {
  return measured.flatMap(({ model, windowTokens, bytes }) => {
    const build = model.builds.webllm
    if (!build) return []
    const { totalBytes } = memoryNeed(build, windowTokens)
    const share = ((totalBytes - bytes) / bytes) * 100
    return `| ${model.name} | ${windowTokens} | ${totalBytes} | ${bytes} | ${share.toFixed(2)} % |`
  })
}
