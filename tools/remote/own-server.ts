import { startModelServer } from '../../src/engine/remote/testing/model-server.ts'
import { ensureNodeLlama } from './node-llama.ts'
import { servedGguf } from './served-gguf.ts'

/** Starts our own server with a GGUF file, which llama.cpp runs through node-llama-cpp. */
export async function startOwnServer(file: string, contextTokens: number) {
  return startModelServer(await servedGguf(file, ensureNodeLlama(), contextTokens))
}
