/**
 * `npm run campaign:remote`: the engine contract against a real server with the built-in model: llama.cpp through
 * node-llama-cpp, which is fetched into .cache on the first run. With LONGHAND_SERVER=llama-server it is llama.cpp's own server.
 * Else LONGHAND_SERVER names the address of another one; it has to have one model, `/tokenize` and `/apply-template`. That replies
 * are held to JSON is asked of llama.cpp's own server, and of another one with LONGHAND_SERVER_JSON=1.
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
  [
    'vitest',
    'run',
    '--project',
    'node',
    '--reporter=verbose',
    // The server has one cache, and the contract looks at what is in it.
    '--no-file-parallelism',
    '--testTimeout=300000',
    'src/engine/remote/remote-contract',
    'src/engine/remote/real-json',
  ],
  {
    stdio: 'inherit',
    env: { ...process.env, ...(given === 'llama-server' ? { LONGHAND_SERVER_JSON: '1' } : {}), LONGHAND_SERVER: url },
    shell: process.platform === 'win32',
  },
)
test.on('exit', async (code) => {
  await server?.close()
  process.exit(code ?? 1)
})
