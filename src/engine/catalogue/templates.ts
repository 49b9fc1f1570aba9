import type { ChatTemplate } from '#context/template.ts'

/** ChatML: SmolLM2, Qwen2.5 and many fine-tunes. */
export const chatml: ChatTemplate = {
  start: '',
  system: { before: '<|im_start|>system\n', after: '<|im_end|>\n' },
  user: { before: '<|im_start|>user\n', after: '<|im_end|>\n' },
  assistant: { before: '<|im_start|>assistant\n', after: '<|im_end|>\n' },
  stop: ['<|im_end|>', '<|endoftext|>'],
  controlTokens: ['<|im_start|>', '<|im_end|>', '<|endoftext|>'],
}

/**
 * Qwen3 with thinking off: its own template opens such a reply with an empty thinking block. Here every assistant turn
 * keeps it, so that a prompt stays the beginning of the next one.
 */
export const qwen3: ChatTemplate = {
  ...chatml,
  assistant: { before: '<|im_start|>assistant\n<think>\n\n</think>\n\n', after: '<|im_end|>\n' },
  controlTokens: [...chatml.controlTokens, '<think>', '</think>'],
}

/**
 * Qwen3 with thinking on. A model opens its thought itself, always; here that is written for it, with the same tokens. Its own
 * template leaves thoughts out of earlier turns; so does a new head (rule C46 of the context).
 */
export const qwen3Thinking: ChatTemplate = {
  ...chatml,
  thought: { open: '<think>\n', close: '</think>' },
  controlTokens: qwen3.controlTokens,
}

const llamaHeader = (role: string) => `<|start_header_id|>${role}<|end_header_id|>\n\n`

/** Llama 3 and later, without the date and tool lines of the official system header. */
export const llama3: ChatTemplate = {
  start: '<|begin_of_text|>',
  system: { before: llamaHeader('system'), after: '<|eot_id|>' },
  user: { before: llamaHeader('user'), after: '<|eot_id|>' },
  assistant: { before: llamaHeader('assistant'), after: '<|eot_id|>' },
  stop: ['<|eot_id|>', '<|end_of_text|>', '<|eom_id|>'],
  controlTokens: ['<|begin_of_text|>', '<|end_of_text|>', '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>', '<|eom_id|>'],
}

/** ChatML as spoken by fine-tunes of Llama 3 (Hermes 2 and 3): the vocabulary's own end of text ends a turn as well. */
export const hermesLlama: ChatTemplate = {
  ...chatml,
  stop: ['<|im_end|>', '<|end_of_text|>', '<|eot_id|>'],
  controlTokens: ['<|im_start|>', '<|im_end|>', ...llama3.controlTokens],
}

/** ChatML over the vocabulary of Llama 2 and Mistral 7B: TinyLlama 0.4, OpenHermes, NeuralHermes, Hermes 2 Pro Mistral. */
export const chatmlLlama2: ChatTemplate = {
  ...chatml,
  stop: ['<|im_end|>', '</s>'],
  controlTokens: ['<|im_start|>', '<|im_end|>', '<s>', '</s>'],
}

/** SmolLM2: ChatML, and the control tokens of its training on code. */
export const smollm2: ChatTemplate = {
  ...chatml,
  controlTokens: [
    ...chatml.controlTokens,
    '<repo_name>',
    '<reponame>',
    '<file_sep>',
    '<filename>',
    '<gh_stars>',
    '<issue_start>',
    '<issue_comment>',
    '<issue_closed>',
    '<jupyter_start>',
    '<jupyter_text>',
    '<jupyter_code>',
    '<jupyter_output>',
    '<jupyter_script>',
    '<empty_output>',
  ],
}

/** Phi-3 and Phi-3.5: a role on a line of its own, `<|end|>` after each message. */
export const phi3: ChatTemplate = {
  start: '<s>',
  system: { before: '<|system|>\n', after: '<|end|>\n' },
  user: { before: '<|user|>\n', after: '<|end|>\n' },
  assistant: { before: '<|assistant|>\n', after: '<|end|>\n' },
  stop: ['<|end|>', '<|endoftext|>'],
  controlTokens: ['<s>', '</s>', '<|system|>', '<|user|>', '<|assistant|>', '<|end|>', '<|endoftext|>'],
}

/** Phi-4 mini: as Phi-3, without line breaks and with no start. */
export const phi4: ChatTemplate = {
  start: '',
  system: { before: '<|system|>', after: '<|end|>' },
  user: { before: '<|user|>', after: '<|end|>' },
  assistant: { before: '<|assistant|>', after: '<|end|>' },
  stop: ['<|end|>', '<|endoftext|>'],
  controlTokens: ['<|system|>', '<|user|>', '<|assistant|>', '<|end|>', '<|endoftext|>'],
}

/** Zephyr: a role on a line of its own, and the vocabulary's end of text after each message. */
function zephyr(end: string, others: readonly string[] = []): ChatTemplate {
  return {
    start: '',
    system: { before: '<|system|>\n', after: `${end}\n` },
    user: { before: '<|user|>\n', after: `${end}\n` },
    assistant: { before: '<|assistant|>\n', after: `${end}\n` },
    stop: [end],
    controlTokens: [...others, end, '<|system|>', '<|user|>', '<|assistant|>'],
  }
}

/** Zephyr over the vocabulary of Llama 2: TinyLlama 1.0. */
export const zephyrLlama2 = zephyr('</s>', ['<s>'])
/** Zephyr over StableLM's vocabulary. */
export const zephyrStable = zephyr('<|endoftext|>')

/** OLMo 2: Tulu's form; only the assistant's turns end with a control token. */
export const olmo2: ChatTemplate = {
  start: '<|endoftext|>',
  system: { before: '<|system|>\n', after: '\n' },
  user: { before: '<|user|>\n', after: '\n' },
  assistant: { before: '<|assistant|>\n', after: '<|endoftext|>\n' },
  stop: ['<|endoftext|>'],
  controlTokens: ['<|endoftext|>', '<|system|>', '<|user|>', '<|assistant|>'],
}

/** Ministral 3: brackets around instructions and questions, nothing before a reply. */
export const ministral: ChatTemplate = {
  start: '<s>',
  system: { before: '[SYSTEM_PROMPT]', after: '[/SYSTEM_PROMPT]' },
  user: { before: '[INST]', after: '[/INST]' },
  assistant: { before: '', after: '</s>' },
  stop: ['</s>'],
  controlTokens: ['<s>', '</s>', '[SYSTEM_PROMPT]', '[/SYSTEM_PROMPT]', '[INST]', '[/INST]', '[TOOL_RESULTS]', '[/TOOL_RESULTS]'],
}

/** Ministral 3 Reasoning: it thinks between brackets of their own. */
export const ministralReasoning: ChatTemplate = {
  ...ministral,
  thought: { open: '[THINK]', close: '[/THINK]' },
  controlTokens: [...ministral.controlTokens, '[THINK]', '[/THINK]'],
}

/** DeepSeek R1 and its distillations. The bars are U+FF5C, the low line between words U+2581. */
export const deepseek: ChatTemplate = {
  start: '<｜begin▁of▁sentence｜>',
  system: { before: '', after: '' },
  user: { before: '<｜User｜>', after: '' },
  assistant: { before: '<｜Assistant｜>', after: '<｜end▁of▁sentence｜>' },
  thought: { open: '<think>\n', close: '</think>' },
  stop: ['<｜end▁of▁sentence｜>'],
  controlTokens: ['<｜begin▁of▁sentence｜>', '<｜end▁of▁sentence｜>', '<｜User｜>', '<｜Assistant｜>', '<think>', '</think>'],
}

/** Gemma has no system role: instructions stand as a first user turn. */
export const gemma: ChatTemplate = {
  start: '<bos>',
  system: { before: '<start_of_turn>user\n', after: '<end_of_turn>\n' },
  user: { before: '<start_of_turn>user\n', after: '<end_of_turn>\n' },
  assistant: { before: '<start_of_turn>model\n', after: '<end_of_turn>\n' },
  stop: ['<end_of_turn>', '<eos>'],
  controlTokens: ['<bos>', '<eos>', '<start_of_turn>', '<end_of_turn>'],
}
