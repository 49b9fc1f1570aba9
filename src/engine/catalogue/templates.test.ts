import { describe, expect, it } from 'vitest'
import type { ChatTemplate } from '#context/template.ts'
import * as templates from './templates.ts'

/** Instructions, a question, an answer, another question, and the opening of the next reply. */
function render({ start, system, user, assistant }: ChatTemplate): string {
  const wrap = (affix: { before: string; after: string }, text: string) => affix.before + text + affix.after
  return start + wrap(system, 'S') + wrap(user, 'A') + wrap(assistant, 'B') + wrap(user, 'C') + assistant.before
}

/** What the families' own templates make of it. */
const documented: Readonly<Record<string, string>> = {
  chatml:
    '<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nA<|im_end|>\n<|im_start|>assistant\nB<|im_end|>\n<|im_start|>user\nC<|im_end|>\n<|im_start|>assistant\n',
  llama3:
    '<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nA<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nB<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nC<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n',
  phi3: '<s><|system|>\nS<|end|>\n<|user|>\nA<|end|>\n<|assistant|>\nB<|end|>\n<|user|>\nC<|end|>\n<|assistant|>\n',
  phi4: '<|system|>S<|end|><|user|>A<|end|><|assistant|>B<|end|><|user|>C<|end|><|assistant|>',
  zephyrLlama2: '<|system|>\nS</s>\n<|user|>\nA</s>\n<|assistant|>\nB</s>\n<|user|>\nC</s>\n<|assistant|>\n',
  zephyrStable:
    '<|system|>\nS<|endoftext|>\n<|user|>\nA<|endoftext|>\n<|assistant|>\nB<|endoftext|>\n<|user|>\nC<|endoftext|>\n<|assistant|>\n',
  olmo2: '<|endoftext|><|system|>\nS\n<|user|>\nA\n<|assistant|>\nB<|endoftext|>\n<|user|>\nC\n<|assistant|>\n',
  ministral: '<s>[SYSTEM_PROMPT]S[/SYSTEM_PROMPT][INST]A[/INST]B</s>[INST]C[/INST]',
  deepseek: '<｜begin▁of▁sentence｜>S<｜User｜>A<｜Assistant｜>B<｜end▁of▁sentence｜><｜User｜>C<｜Assistant｜>',
  gemma:
    '<bos><start_of_turn>user\nS<end_of_turn>\n<start_of_turn>user\nA<end_of_turn>\n<start_of_turn>model\nB<end_of_turn>\n<start_of_turn>user\nC<end_of_turn>\n<start_of_turn>model\n',
}
const sameAs: Readonly<Record<string, string>> = {
  smollm2: 'chatml',
  hermesLlama: 'chatml',

  chatmlLlama2: 'chatml',
}

describe('templates', () => {
  it.each(Object.entries(documented))('[E4] %s is the family’s own', (name, text) => {
    expect(render((templates as Record<string, ChatTemplate>)[name] as ChatTemplate)).toBe(text)
  })

  it.each(Object.entries(sameAs))('[E4] %s is written like %s', (name, other) => {
    expect(render((templates as Record<string, ChatTemplate>)[name] as ChatTemplate)).toBe(documented[other])
  })

  it('[E4] qwen3 opens every reply with an empty thought', () => {
    const opened = '<|im_start|>assistant\n<think>\n\n</think>\n\n'
    expect(render(templates.qwen3)).toBe(documented.chatml?.replaceAll('<|im_start|>assistant\n', opened))
  })

  it.each(Object.entries(templates))(
    '[E4] %s ends a turn with a control token, so that no message can end it',
    (_name, template) => {
      for (const text of template.stop) expect(template.controlTokens).toContain(text)
      for (const { before } of [template.system, template.user, template.assistant])
        expect(before === '' || template.controlTokens.some((token) => before.includes(token)), before).toBe(true)
    },
  )
})
