/** Decoders of text that llama.cpp in the installed wllama runs, by the names of GGUF (`general.architecture`). */
export const decoders = [
  ...['llama', 'llama4', 'mistral3', 'mistral4', 'deci', 'falcon', 'falcon-h1', 'grok', 'gpt2', 'gptj', 'gptneox'],
  ...['mpt', 'baichuan', 'starcoder', 'starcoder2', 'refact', 'bloom', 'stablelm', 'qwen', 'qwen2', 'qwen2moe', 'qwen3'],
  ...['qwen3moe', 'qwen3next', 'qwen35', 'qwen35moe', 'phi2', 'phi3', 'phimoe', 'plamo', 'plamo2', 'plamo3', 'codeshell'],
  ...['orion', 'internlm2', 'minicpm', 'minicpm3', 'gemma', 'gemma2', 'gemma3', 'gemma3n', 'gemma4', 'mamba', 'mamba2'],
  ...['jamba', 'xverse', 'command-r', 'cohere2', 'dbrx', 'olmo', 'olmo2', 'olmoe', 'openelm', 'arctic', 'deepseek'],
  ...['deepseek2', 'chatglm', 'glm4', 'glm4moe', 'bitnet', 'jais', 'jais2', 'nemotron', 'nemotron_h', 'exaone', 'exaone4'],
  ...['rwkv6', 'rwkv6qwen2', 'rwkv7', 'arwkv7', 'granite', 'granitemoe', 'granitehybrid', 'chameleon', 'bailingmoe'],
  ...['bailingmoe2', 'dots1', 'arcee', 'ernie4_5', 'ernie4_5-moe', 'hunyuan-moe', 'hunyuan-dense', 'smollm3', 'gpt-oss'],
  ...['lfm2', 'lfm2moe', 'dream', 'smallthinker', 'seed_oss', 'apertus', 'minimax-m2', 'mellum', 'mellum2', 'afmoe'],
] as const

const encoders = ['bert', 'nomic-bert', 'nomic-bert-moe', 'jina-bert-v2', 'jina-bert-v3', 'neo-bert', 'modern-bert', 'eurobert']

/** What a file of this architecture can be used for here. */
export function fitFor(architecture: string): 'chat' | 'embedding' | 'none' {
  if (encoders.includes(architecture) || architecture === 'gemma-embedding') return 'embedding'
  return (decoders as readonly string[]).includes(architecture) ? 'chat' : 'none'
}
