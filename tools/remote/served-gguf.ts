import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ServedMessage, ServedModel } from '../../src/engine/remote/testing/model-server.ts'

/** The parts of node-llama-cpp that are used; it is fetched for the campaign alone and is no dependency of the project. */
type Tokens = readonly number[]
type Sequence = {
  readonly contextTokens: Tokens
  readonly nextTokenIndex: number
  clearHistory(): Promise<void>
  eraseContextTokenRanges(ranges: readonly { readonly start: number; readonly end: number }[]): Promise<void>
  evaluateWithoutGeneratingNewTokens(tokens: Tokens): Promise<void>
  evaluate(tokens: Tokens, options: object): AsyncIterable<number>
}
type LlamaModel = {
  tokenize(text: string, special: boolean): number[]
  detokenize(tokens: Tokens, special: boolean, before?: Tokens): string
  isEogToken(token: number): boolean
  readonly fileInfo: { readonly metadata: { readonly tokenizer: { readonly chat_template?: string } } }
  createContext(options: object): Promise<{ getSequence(): Sequence }>
}
type Library = { getLlama(options: object): Promise<{ loadModel(options: object): Promise<LlamaModel> }> }
type Jinja = { Template: new (source: string) => { render(values: object): string } }

/** Tokens that are read between two reports. */
const readStep = 128

/** A GGUF file through llama.cpp, with the tokenizer and the template that the file holds. `packages`: where npm put the library. */
export async function servedGguf(file: string, packages: string, contextTokens: number): Promise<ServedModel> {
  const load = async <Module>(path: string) => (await import(pathToFileURL(resolve(packages, path)).href)) as Module
  const library = await load<Library>('node-llama-cpp/dist/index.js')
  const { Template } = await load<Jinja>('@huggingface/jinja/dist/index.js')
  const llama = await library.getLlama({ gpu: false, build: 'never', logLevel: 'error' })
  const model = await llama.loadModel({ modelPath: resolve(file) })
  const source = model.fileInfo.metadata.tokenizer.chat_template
  if (!source) throw new Error(`${file} holds no chat template.`)
  const template = new Template(source)
  // One thread: several wait for each other by spinning, which on a busy machine takes minutes.
  const context = await model.createContext({ contextSize: contextTokens, sequences: 1, threads: 1 })
  const sequence = context.getSequence()

  return {
    id: 'smollm2-135m',
    contextTokens,
    tokenize: (text) => model.tokenize(text, true),
    render: (messages: readonly ServedMessage[]) => template.render({ messages, add_generation_prompt: true }),
    async *write(prompt, { temperature, topP, seed }, onRead, stopped) {
      const held = sequence.contextTokens
      const same = prompt.findIndex((token, at) => token !== held[at])
      const cached = Math.min(same < 0 ? prompt.length : same, prompt.length - 1)
      if (cached < sequence.nextTokenIndex)
        await sequence.eraseContextTokenRanges([{ start: cached, end: sequence.nextTokenIndex }])
      let read = cached
      onRead(read, cached)
      // The last token is read by what writes the first one.
      while (read < prompt.length - 1) {
        const next = Math.min(prompt.length - 1, read + readStep)
        await sequence.evaluateWithoutGeneratingNewTokens(prompt.slice(read, next))
        read = next
        onRead(read, cached)
        if (stopped()) return
      }
      const written: number[] = []
      let told = ''
      for await (const token of sequence.evaluate(prompt.slice(read), { temperature, topP, seed, yieldEogToken: true })) {
        if (model.isEogToken(token)) return
        written.push(token)
        const text = model.detokenize(written, false)
        // Half a character is told with its other half.
        const whole = text.endsWith('\ufffd') ? told : text
        yield whole.slice(told.length)
        told = whole
        if (stopped()) return
      }
    },
    forget: () => sequence.clearHistory(),
  }
}
