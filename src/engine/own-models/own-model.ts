import type { ChatTemplate } from '#context/template.ts'
import { counting } from '#engine/catalogue/counting.ts'
import { plainSampling } from '#engine/catalogue/model-line.ts'
import { controlTokensOf, namedToken } from '#engine/gguf/gguf-tokenizer.ts'
import { textOf, textsOf } from '#engine/gguf/gguf-values.ts'
import type { Gguf } from '#engine/gguf/read-gguf.ts'
import type { Model, ModelFile } from '#ports/model.ts'
import { jinjaRender } from './jinja-render.ts'
import { type LearnedTemplate, learnAffixes } from './learn-affixes.ts'
import { modelFacts } from './model-facts.ts'

const windowTokens = 4096
/** Below this many weights a model's summaries and facts are not worth keeping. */
const writesMemoryFrom = 1e9

type Asked = {
  readonly gguf: Gguf
  readonly id: string
  /** As the user's file is named. */
  readonly fileName: string
  readonly weights: ModelFile
  /** Absent where its tokenizer is of a kind that is not known here. */
  readonly tokenizer?: ModelFile
}

/** The model of a user's own file, from its header alone; a string is why it cannot be talked to. */
export function ownModel({ gguf, id, fileName, weights, tokenizer }: Asked): Model | string {
  const learned = learnTemplate(gguf)
  if (typeof learned === 'string') return learned
  const { estimated, parameters, quantization, contextLength, ...memory } = modelFacts(gguf, windowTokens)
  const known = tokenizer !== undefined
  const template = complete(gguf, learned.template, known)
  const thinking = learned.thinking && complete(gguf, learned.thinking, known)
  return {
    id,
    name: nameOf(gguf, fileName),
    family: 'Your own files',
    parameters,
    quantization,
    licence: licenceOf(gguf),
    languages: textsOf(gguf, 'general.languages').join(', ') || 'languages not named in the file',
    note: noteOf(fileName, learned),
    source: 'file',
    contextLength,
    defaultWindow: Math.min(windowTokens, contextLength),
    template,
    defaultInstructions: learned.defaultInstructions,
    tokenizerId: id,
    tokenizerUrl: tokenizer?.url ?? '',
    writesMemory: parameters >= writesMemoryFrom,
    sampling: plainSampling,
    ...(thinking
      ? { thinking: 'off' as const, thinks: { template: thinking, sampling: plainSampling } }
      : template.thought
        ? { thinking: 'always' as const }
        : {}),
    selfTest: counting(template),
    builds: {
      wllama: {
        downloadBytes: weights.sizeBytes,
        ...memory,
        needsF16: false,
        ...(estimated.length > 0 && { estimated }),
        files: tokenizer ? [weights, tokenizer] : [weights],
      },
    },
  }
}

/** The template of the file as data; a plain dialogue where it has none. */
function learnTemplate(gguf: Gguf): LearnedTemplate | string {
  const source = textOf(gguf, 'tokenizer.chat_template')
  const tokens = { bos: namedToken(gguf, 'bos') ?? '', eos: namedToken(gguf, 'eos') ?? '' }
  if (source === undefined)
    return 'it has no chat template, so that it was not made to be talked to. Take a file of an “instruct” or “chat” model.'
  try {
    const learned = learnAffixes(jinjaRender(source, tokens), tokens.bos)
    return typeof learned === 'string' ? `its chat template cannot be laid here. ${learned}` : learned
  } catch (error) {
    return `its chat template cannot be read: ${error instanceof Error ? error.message : error}`
  }
}

/** With what ends a turn, and the control tokens that it is made of. */
function complete(gguf: Gguf, affixes: LearnedTemplate['template'], knownTokenizer: boolean): ChatTemplate {
  const control = controlTokensOf(gguf)
  const { system, user, assistant, thought } = affixes
  const start = affixes.start === '' && addsStart(gguf) ? (namedToken(gguf, 'bos') ?? '') : affixes.start
  const laid = [start, system, user, assistant, thought ?? ''].flatMap((part) =>
    typeof part === 'string' ? [part] : Object.values(part),
  )
  const closing = control.find((token) => assistant.after.trimStart().startsWith(token)) ?? assistant.after.trim()
  const ends = [closing, namedToken(gguf, 'eot'), namedToken(gguf, 'eos')]
  const stop = [...new Set(ends.filter((text): text is string => text !== undefined && text !== ''))]
  // Those that its turns are made of; all others are added when its tokenizer is loaded, if there will be one.
  const own = control.filter((token) => stop.includes(token) || laid.some((text) => text.includes(token)))
  return { ...affixes, start, stop, controlTokens: knownTokenizer ? own : [...new Set([...own, ...control])] }
}

/** Whether the engine puts the start token before every prompt by itself: as the file says, else as llama.cpp does for its kind. */
function addsStart(gguf: Gguf): boolean {
  const said = gguf.metadata.get('tokenizer.ggml.add_bos_token')
  return typeof said === 'boolean' ? said : textOf(gguf, 'tokenizer.ggml.model') === 'llama'
}

function nameOf(gguf: Gguf, fileName: string): string {
  const name = textOf(gguf, 'general.name')?.trim()
  return name ? name : fileName.replace(/\.gguf$/i, '')
}

function licenceOf(gguf: Gguf): Model['licence'] {
  const name = textOf(gguf, 'general.license') ?? ''
  const link = textOf(gguf, 'general.license.link') ?? ''
  return { name, url: /^https:\/\//.test(link) ? link : '' }
}

function noteOf(fileName: string, { instructionsAsUser }: LearnedTemplate): string {
  const role = instructionsAsUser ? ' It has no place for instructions: they stand before the first question.' : ''
  return `From your file ${fileName}, by what its header says.${role}`
}
