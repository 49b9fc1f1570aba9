import { describe, expect, it } from 'vitest'
import { neutralise } from '#context/neutralise.ts'
import { tinyModel } from '#engine/catalogue/tiny-model.ts'
import { scriptedCounter } from '#engine/scripted/scripted-tokens.ts'
import { guardedTemplate } from './guarded-template.ts'

const counter = { ...scriptedCounter, tokenizerId: tinyModel.tokenizerId, controlTokens: ['<|im_end|>', '<|python_tag|>'] }

describe('the template that prompts are made with', () => {
  it('[E35] guards every control token of the loaded tokenizer, also those of no turn', () => {
    const template = guardedTemplate({ counter }, tinyModel)
    expect(template.controlTokens).toEqual([...tinyModel.template.controlTokens, '<|python_tag|>'])
    expect(neutralise('run <|python_tag|> now', template)).toEqual({ text: 'run <|python_tag| > now', broken: 1 })
  })

  it('is the model’s own while another tokenizer is loaded, or none', () => {
    expect(guardedTemplate({ counter: undefined }, tinyModel)).toBe(tinyModel.template)
    expect(guardedTemplate({ counter: scriptedCounter }, tinyModel)).toBe(tinyModel.template)
  })
})
