/**
 * `npm run campaign:remote`: the engine contract against a real server with the built-in model: llama.cpp through
 * node-llama-cpp, which is fetched into .cache on the first run. With LONGHAND_SERVER=llama-server it is llama.cpp's own server.
 * Else LONGHAND_SERVER names the address of another one; it has to have one model, `/tokenize` and `/apply-template`.
 */
import { spawn } from 'node:child_process'
import { startLlamaServer } from './llama-server.ts'
import { startOwnServer } from './own-server.ts'

const gguf = '.models/smollm2-135m/model.gguf'
const windowTokens = 512
const given = process.env.LONGHAND_SERVER
const server =
  given === 'llama-server'
    ? await startLlamaServer(gguf, windowTokens)
    : given
      ? undefined
      : await startOwnServer(gguf, windowTokens)
const url = server?.url ?? given ?? ''
console.log(`The server is at ${url}`)
const test = spawn(
  'npx',
  ['vitest', 'run', '--project', 'node', '--reporter=verbose', '--testTimeout=300000', 'src/engine/remote/remote-contract'],
  {
    stdio: 'inherit',
    env: { ...process.env, LONGHAND_SERVER: url },
    shell: process.platform === 'win32',
  },
)
test.on('exit', async (code) => {
  await server?.close()
  process.exit(code ?? 1)
})
