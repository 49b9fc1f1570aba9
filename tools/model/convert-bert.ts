import { quantizeQ8_0 } from './quantize-blocks.ts'
import { readSafetensors, type SafeTensor } from './read-safetensors.ts'
import { type EncodedTensor, type TypedValue, writeGguf } from './write-gguf.ts'

/** What a sentence embedder of the BERT family is made of, as published. */
export type BertFiles = {
  readonly weights: Uint8Array
  /** `config.json` of the model. */
  readonly config: Readonly<Record<string, unknown>>
  /** `vocab.txt`: a WordPiece a line. */
  readonly vocabulary: string
}

const f32 = 0
const q8_0 = 8

/** Names of the tensors of a layer: ours (llama.cpp's) by the published ones. */
const layerNames = {
  'attention.self.query': 'attn_q',
  'attention.self.key': 'attn_k',
  'attention.self.value': 'attn_v',
  'attention.output.dense': 'attn_output',
  'attention.output.LayerNorm': 'attn_output_norm',
  'intermediate.dense': 'ffn_up',
  'output.dense': 'ffn_down',
  'output.LayerNorm': 'layer_output_norm',
} as const

/** A BERT sentence embedder (mean of the last layer) as GGUF: matrices and the table of words as Q8_0, the rest as it was. */
export function convertBert({ weights, config, vocabulary }: BertFiles, about: { name: string; licence: string }): Uint8Array {
  const number = (key: string) => {
    const value = config[key]
    if (typeof value !== 'number') throw new Error(`config.json has no number ${key}.`)
    return value
  }
  if (config.model_type !== 'bert' || config.hidden_act !== 'gelu')
    throw new Error(`Only BERT with GELU can be converted; this is ${config.model_type} with ${config.hidden_act}.`)
  const layers = number('num_hidden_layers')
  const tokens = vocabulary.split('\n').filter((line) => line !== '')
  if (tokens.length !== number('vocab_size')) throw new Error(`vocab.txt has ${tokens.length} entries.`)
  const uint32 = (value: number): TypedValue => ({ type: 'uint32', value })
  const metadata: Record<string, TypedValue> = {
    'general.architecture': { type: 'string', value: 'bert' },
    'general.name': { type: 'string', value: about.name },
    'general.license': { type: 'string', value: about.licence },
    'bert.context_length': uint32(number('max_position_embeddings')),
    'bert.embedding_length': uint32(number('hidden_size')),
    'bert.feed_forward_length': uint32(number('intermediate_size')),
    'bert.block_count': uint32(layers),
    'bert.attention.head_count': uint32(number('num_attention_heads')),
    'bert.attention.layer_norm_epsilon': { type: 'float32', value: number('layer_norm_eps') },
    'bert.attention.causal': { type: 'bool', value: false },
    // 1: the mean over all tokens.
    'bert.pooling_type': uint32(1),
    ...tokenizerOf(tokens, number('type_vocab_size')),
  }
  return writeGguf(metadata, tensorsOf(readSafetensors(weights), layers))
}

const specials = {
  unknown: '[UNK]',
  seperator: '[SEP]',
  padding: '[PAD]',
  cls: '[CLS]',
  mask: '[MASK]',
  bos: '[CLS]',
  eos: '[SEP]',
}

/** llama.cpp wants a mark before pieces that begin a word, and none before those that go on, the reverse of WordPiece's `##`. */
function tokenizerOf(tokens: readonly string[], typeCount: number): Record<string, TypedValue> {
  const control = new Set(Object.values(specials))
  const inGguf = (token: string) =>
    /^\[.*\]$/.test(token) && token.length > 2 ? token : token.startsWith('##') ? token.slice(2) : `\u2581${token}`
  const ids = Object.entries(specials).map(([role, token]): [string, TypedValue] => {
    const value = tokens.indexOf(token)
    if (value < 0) throw new Error(`vocab.txt has no ${token}.`)
    return [`tokenizer.ggml.${role}_token_id`, { type: 'uint32', value }]
  })
  return {
    'tokenizer.ggml.model': { type: 'string', value: 'bert' },
    'tokenizer.ggml.token_type_count': { type: 'uint32', value: typeCount },
    'tokenizer.ggml.tokens': { type: 'strings', value: tokens.map(inGguf) },
    'tokenizer.ggml.token_type': { type: 'int32s', value: tokens.map((token) => (control.has(token) ? 3 : 1)) },
    ...Object.fromEntries(ids),
  }
}

function tensorsOf(source: ReadonlyMap<string, SafeTensor>, layers: number): EncodedTensor[] {
  const take = (from: string, name: string, quantize = false): EncodedTensor => {
    const tensor = source.get(from)
    if (!tensor) throw new Error(`The weights have no float32 tensor ${from}.`)
    const { values } = tensor
    const bytes = quantize ? quantizeQ8_0(values) : new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    // GGUF names the fastest-running dimension first.
    return { name, shape: tensor.shape.toReversed(), typeNumber: quantize ? q8_0 : f32, bytes }
  }
  const pair = (from: string, name: string, quantize: boolean) => [
    take(`${from}.weight`, `${name}.weight`, quantize),
    take(`${from}.bias`, `${name}.bias`),
  ]
  return [
    take('embeddings.word_embeddings.weight', 'token_embd.weight', true),
    take('embeddings.position_embeddings.weight', 'position_embd.weight'),
    take('embeddings.token_type_embeddings.weight', 'token_types.weight'),
    ...pair('embeddings.LayerNorm', 'token_embd_norm', false),
    ...Array.from({ length: layers }, (_, layer) =>
      Object.entries(layerNames).flatMap(([from, name]) =>
        pair(`encoder.layer.${layer}.${from}`, `blk.${layer}.${name}`, !from.endsWith('LayerNorm')),
      ),
    ).flat(),
  ]
}
