import { describe, expect, it } from 'vitest'
import { gemma, llama3, qwen3, qwen3Thinking, smollm2 } from '#engine/catalogue/templates.ts'
import { jinjaRender } from './jinja-render.ts'
import { type LearnedTemplate, learnAffixes } from './learn-affixes.ts'

const learn = (source: string, bos = '', eos = '') => learnAffixes(jinjaRender(source, { bos, eos }), bos)
const learned = (source: string, bos = '', eos = ''): LearnedTemplate => {
  const found = learn(source, bos, eos)
  if (typeof found === 'string') throw new Error(found)
  return found
}
const affixes = ({ start, system, user, assistant, thought }: LearnedTemplate['template']) => ({
  start,
  system,
  user,
  assistant,
  ...(thought && { thought }),
})

const chatml = `{% for message in messages %}{% if loop.first and messages[0]['role'] != 'system' %}{{ '<|im_start|>system\\nBe kind.<|im_end|>\\n' }}{% endif %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}`
const llama = `{{ bos_token }}{% for message in messages %}{{ '<|start_header_id|>' + message['role'] + '<|end_header_id|>\\n\\n' + message['content'] | trim + '<|eot_id|>' }}{% endfor %}{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% endif %}`
const gemmaLike = `{{ bos_token }}{% if messages[0]['role'] == 'system' %}{{ raise_exception('System role not supported') }}{% endif %}{% for message in messages %}{% if message['role'] == 'assistant' %}{% set role = 'model' %}{% else %}{% set role = message['role'] %}{% endif %}{{ '<start_of_turn>' + role + '\\n' + message['content'] | trim + '<end_of_turn>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<start_of_turn>model\\n' }}{% endif %}`
const thinker = `{% for message in messages %}{{ '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% if enable_thinking is defined and enable_thinking is false %}{{ '<think>\\n\\n</think>\\n\\n' }}{% endif %}{% endif %}`
const alwaysThinks = `{{ bos_token }}{% for message in messages %}{% if message.role == 'user' %}{{ '<|User|>' + message.content }}{% elif message.role == 'assistant' %}{{ '<|Assistant|>' + message.content + eos_token }}{% else %}{{ message.content }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '<|Assistant|><think>\\n' }}{% endif %}`
const mistral = `{{ bos_token }}{% if messages[0].role == 'system' %}{% set s = messages[0].content + '\\n\\n' %}{% set rest = messages[1:] %}{% else %}{% set s = '' %}{% set rest = messages %}{% endif %}{% for message in rest %}{% if message.role == 'user' %}{{ '[INST] ' + (s if loop.first else '') + message.content + ' [/INST]' }}{% else %}{{ ' ' + message.content + eos_token }}{% endif %}{% endfor %}`

describe('[E70] what a template of a model file puts around messages, read off its own renderings', () => {
  it('learns the documented form of known families', () => {
    expect(affixes(learned(chatml).template)).toEqual(affixes(smollm2))
    expect(affixes(learned(llama, '<|begin_of_text|>').template)).toEqual(affixes(llama3))
    expect(affixes(learned(gemmaLike, '<bos>').template)).toEqual(affixes(gemma))
  })

  it('takes over the instructions that a template puts in where there are none', () => {
    expect(learned(chatml).defaultInstructions).toBe('Be kind.')
    expect(learned(llama, '<|begin_of_text|>').defaultInstructions).toBe('')
  })

  it('has instructions stand before the first question where the template has no place for them', () => {
    expect(learned(gemmaLike, '<bos>').instructionsAsUser).toBe(true)
    const { template, instructionsAsUser } = learned(mistral, '<s>', '</s>')
    expect(instructionsAsUser).toBe(true)
    expect(template.user).toEqual({ before: '[INST] ', after: ' [/INST]' })
    expect(learned(llama, '').instructionsAsUser).toBe(false)
  })

  it('finds thinking that can be switched and thinking that cannot', () => {
    const { template, thinking } = learned(thinker)
    expect(affixes(template)).toEqual(affixes(qwen3))
    expect(thinking && affixes(thinking)).toEqual(affixes(qwen3Thinking))
    const always = learned(alwaysThinks, '<s>', '</s>')
    expect(always.template.thought).toEqual({ open: '<think>\n', close: '</think>' })
    expect(always.template.assistant).toEqual({ before: '<|Assistant|>', after: '</s>' })
    expect(always.thinking).toBeUndefined()
  })

  it('says why it cannot lay a template that numbers its turns, drops messages or is none', () => {
    expect(learn(`{% for m in messages %}{{ loop.index ~ m.role ~ m.content }}{% endfor %}`)).toMatch(/another way/)
    expect(learn(`{{ messages[-1].content }}`)).toMatch(/does not lay/)
    expect(() => learn('{% for %}')).toThrow()
  })
})
