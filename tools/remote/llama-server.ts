import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** llama.cpp's own server (build 11549) with all its libraries, as a Python package brings it. */
const wheel = 'xllamacpp==2026.10.11549'
const folder = '.cache/xllamacpp'
const program = fileURLToPath(new URL('llama_server.py', import.meta.url))

function ensurePackage(): void {
  if (existsSync(`${folder}/xllamacpp`)) return
  const { status } = spawnSync('python3', ['-m', 'pip', 'install', '-q', '--no-deps', '--target', folder, wheel], {
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error('llama.cpp’s server could not be fetched.')
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })

async function untilHealthy(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    const ended = server.exitCode ?? server.signalCode
    if (ended !== null) throw new Error(`llama.cpp’s server ended with ${ended}.`)
    const answer = await fetch(`${url}health`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Starts llama.cpp's own server with a GGUF file, for this machine alone, on one thread. */
export async function startLlamaServer(file: string, contextTokens: number) {
  ensurePackage()
  const port = await freePort()
  const server = spawn('python3', [program, resolve(folder), resolve(file), String(port), String(contextTokens)], {
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}/`
  await untilHealthy(url, server)
  return { url, close: async () => void server.kill() }
}
