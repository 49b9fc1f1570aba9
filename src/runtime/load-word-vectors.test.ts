import { describe, expect, it } from 'vitest'
import { encodeWordTable } from '#memory/word-table.ts'
import { loadWordVectors } from './load-word-vectors.ts'
import { startTestLonghand } from './longhand.fixture.ts'
import { createLocalRetrieval } from './retrieval/create-local-retrieval.ts'
import type { Runtime } from './runtime.ts'

describe('loadWordVectors', () => {
  it('tells the user when the table cannot be fetched, and chatting and searching go on without it', async () => {
    const longhand = await startTestLonghand({
      fetchWordTable: async () => {
        throw new TypeError('Failed to fetch')
      },
    })
    const { notices } = await longhand.until((state) => state.notices.length > 0)
    expect(notices[0]?.text).toContain('could not be loaded')
    expect(notices[0]?.detail).toContain('Failed to fetch')
    await longhand.say('My dog is called Biscuit.')
    expect(await longhand.actions.search('biscuit')).toHaveLength(1)
  })

  it('says as much when what came is another file', async () => {
    const longhand = await startTestLonghand({ fetchWordTable: async () => new TextEncoder().encode('<!doctype html>') })
    const { notices } = await longhand.until((state) => state.notices.length > 0)
    expect(notices[0]?.detail).toContain('no table of word vectors')
  })

  it('fetches the table when the index is built, not before, and not when it could not be built', async () => {
    let fetched = 0
    const services = {
      retrieval: createLocalRetrieval(),
      fetchWordTable: async () => {
        fetched++
        return encodeWordTable({ dimensions: 1, words: ['dog'], scales: new Float32Array(1), values: new Int8Array(1) })
      },
    }
    let built = (): void => {}
    const indexReady = new Promise<void>((resolve) => {
      built = resolve
    })
    const loaded = loadWordVectors({ services, indexReady } as unknown as Runtime)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(fetched).toBe(0)
    built()
    await loaded
    expect(fetched).toBe(1)
    await loadWordVectors({ services, indexReady: Promise.reject(new Error('no disk')) } as unknown as Runtime)
    expect(fetched).toBe(1)
  })
})
