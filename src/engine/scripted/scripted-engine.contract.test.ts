import { describeEngineContract } from '#ports/engine.contract.ts'
import { createScriptedEngine } from './create-scripted-engine.ts'
import { defaultReply } from './default-reply.ts'
import { scriptedModel } from './scripted-model.ts'

const endless = 'Without end'

describeEngineContract('scripted', () => ({
  create: () =>
    createScriptedEngine({
      reply: (prompt) => (prompt.at(-1)?.text.endsWith(endless) ? endless + ' it goes on'.repeat(400) : defaultReply(prompt)),
    }),
  model: scriptedModel,
  windowTokens: 512,
  endless,
  readAllowance: 2,
  outputAllowance: 0,
}))
