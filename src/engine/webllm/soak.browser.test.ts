import { describe, expect, it } from 'vitest'
import { cdp } from 'vitest/browser'
import { countBuffers } from './testing/count-buffers.ts'
import { chatPrompt, greedy, TinySession } from './testing/load-tiny.ts'

/** A campaign, `npm run campaign:soak`: TURNS turns (200) with the tiny model, and what memory is held every 20 turns. */
const turns = Number(import.meta.env.VITE_SOAK || 0)
const windowTokens = 1024
const every = 20

type Sample = {
  readonly turn: number
  readonly heapBytes: number
  readonly bufferBytes: number
  readonly wasmBytes: number
  readonly sequences: number
}

describe.skipIf(!turns)('memory over many turns', () => {
  it(`[E37] does not grow in ${turns} turns`, { timeout: 3_600_000 }, async () => {
    const buffers = countBuffers()
    const wasm = watchWasm()
    const session = await TinySession.load(windowTokens)
    const samples: Sample[] = []
    console.log('| turn | JS heap | GPU buffers | wasm | conversations held |\n| --- | --- | --- | --- | --- |')
    let texts: string[] = []
    for (let turn = 1; turn <= turns; turn++) {
      const owner = `talk ${turn % 3}`
      const prompt = chatPrompt('Be kind.', [...texts, `Turn ${turn}: what is new by the sea?`])
      const { text, end } = await session.reply(greedy(prompt, 8), undefined, owner)
      // What a new epoch does: the prompt begins anew.
      texts = end.inputTokens > windowTokens * 0.7 ? [] : [...texts, `Turn ${turn}: what is new by the sea?`, text]
      if (turn % 5 === 0) await session.reply(greedy(chatPrompt('A title.', [text]), 4))
      if (turn % 7 === 0) await session.score({ prompt: chatPrompt('Score.', []), text: 'a sentence' })
      if (turn % every === 0) {
        const sample = {
          turn,
          heapBytes: await heap(),
          bufferBytes: buffers.alive(),
          wasmBytes: wasm.bytes(),
          sequences: session.pool.owners().length,
        }
        samples.push(sample)
        console.log(row(sample))
      }
    }
    await session.pipeline.unload()
    buffers.stop()
    wasm.stop()
    // Until the first epoch has ended and every kind of work was done once, the pools of the library still fill.
    const [early, last] = [samples[Math.min(2, samples.length - 1)], samples.at(-1)]
    expect(last?.wasmBytes).toBeGreaterThan(0)
    expect(last?.wasmBytes).toBe(early?.wasmBytes)
    expect(last?.bufferBytes).toBeLessThanOrEqual((early?.bufferBytes ?? 0) * 1.01)
    expect(last?.heapBytes).toBeLessThan((early?.heapBytes ?? 0) + 200_000)
  })
})

const row = ({ turn, heapBytes, bufferBytes, wasmBytes, sequences }: Sample) =>
  `| ${[turn, heapBytes, bufferBytes, wasmBytes, sequences].join(' | ')} |`

/** Bytes of JavaScript objects after a collection. */
async function heap(): Promise<number> {
  const protocol = cdp() as unknown as { send(method: string): Promise<{ readonly usedSize: number }> }
  await protocol.send('HeapProfiler.collectGarbage')
  return (await protocol.send('Runtime.getHeapUsage')).usedSize
}

/** Bytes of the memories of all WebAssembly instances made from now on. */
function watchWasm() {
  const { instantiate } = WebAssembly
  const memories: WebAssembly.Memory[] = []
  WebAssembly.instantiate = (async (source: BufferSource, imports?: WebAssembly.Imports) => {
    const made = await instantiate(source, imports)
    const { memory } = ('instance' in made ? made.instance : (made as unknown as WebAssembly.Instance)).exports
    if (memory instanceof WebAssembly.Memory) memories.push(memory)
    return made
  }) as typeof instantiate
  return {
    bytes: () => memories.reduce((sum, { buffer }) => sum + buffer.byteLength, 0),
    stop: () => {
      WebAssembly.instantiate = instantiate
    },
  }
}
