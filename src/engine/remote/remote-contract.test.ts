import { afterAll, describe, expect, it } from 'vitest'
import { connectEngine } from '#engine/connect-engine.ts'
import { inProcessWorker } from '#engine/in-process-worker.ts'
import { scriptedModel } from '#engine/scripted/scripted-model.ts'
import { serveEngine } from '#engine/serve-engine.ts'
import { describeEngineContract } from '#ports/engine.contract.ts'
import { remoteModels } from '#runtime/remote/remote-model.ts'
import { lookAtServer } from './look-at-server.ts'
import { remoteProgram } from './remote-program.ts'
import { startModelServer } from './testing/model-server.ts'
import { scriptedServedModel } from './testing/scripted-served-model.ts'

const never = new AbortController().signal
const scriptedEndless = 'Without end'

/**
 * A real server with a real model is named by LONGHAND_SERVER (`npm run campaign:remote` starts one); else one that speaks the
 * same protocol with replies from a script.
 */
const real = process.env.LONGHAND_SERVER
/** Whether that server is known to hold replies to a schema; a small one of our own around llama.cpp does not. */
const holdsJson = process.env.LONGHAND_SERVER_JSON === '1'
const closing: (() => Promise<void>)[] = []

async function addressOfServer(): Promise<string> {
  if (real) return real
  const server = await startModelServer(scriptedServedModel(512, scriptedEndless))
  closing.push(server.close)
  return server.url
}
afterAll(async () => {
  for (const close of closing) await close()
})

/** The server's one model, set up as a person does. */
async function setUp(address: string) {
  const found = await lookAtServer({ address, key: '' }, never)
  const [first] = found.models
  if (!first?.contextTokens) throw new Error('The server names no model with its window.')
  const model = { id: first.id, windowTokens: first.contextTokens, windowBy: 'server', template: found.template } as const
  const [made] = remoteModels({ on: true, address, sideWork: false, model })
  if (!made) throw new Error('no model')
  return { found, model: made, windowTokens: first.contextTokens }
}

describe('a server that counts and tells its template', () => {
  it('[E64] is found out to be one, with the template learned to the letter', async () => {
    const { found } = await setUp(await addressOfServer())
    const { system, user, assistant } = scriptedModel.template
    expect(found).toMatchObject({ counts: true, template: { start: '', system, user, assistant, stop: ['<|im_end|>'] } })
    expect(found.template.controlTokens).toEqual(expect.arrayContaining(['<|im_start|>', '<|im_end|>']))
  })
})

describeEngineContract(real ? `remote, ${real}` : 'remote, a server from a script', async () => {
  const address = await addressOfServer()
  const { model, windowTokens } = await setUp(address)
  return {
    create: () =>
      connectEngine(
        'remote',
        inProcessWorker((channel) => serveEngine(remoteProgram({ address, key: '' }), channel)),
      ),
    model,
    windowTokens,
    endless: real ? 'One, two, three, four, five, six, seven,' : scriptedEndless,
    readAllowance: 4,
    outputAllowance: 2,
    ...(real && !holdsJson ? { ignoresJson: true } : {}),
    forget: async () => {
      const { ok, status } = await fetch(`${address}slots/0?action=erase`, { method: 'POST' })
      if (!ok) throw new Error(`The server did not empty its cache: ${status}.`)
    },
  }
})
