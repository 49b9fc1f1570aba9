import { describe, expect, it } from 'vitest'
import { describeRetrievalContract } from '#ports/retrieval.contract.ts'
import { connectRetrieval, type IndexWorker } from './connect-retrieval.ts'
import { createLocalRetrieval } from './create-local-retrieval.ts'

describeRetrievalContract('in this thread', createLocalRetrieval)

describe('connectRetrieval', () => {
  it('rejects what waits and what comes when the worker dies', async () => {
    const listeners = new Map<string, (event: never) => void>()
    const worker: IndexWorker = {
      postMessage() {},
      terminate() {},
      addEventListener: (type: string, listener: (event: never) => void) => void listeners.set(type, listener),
    }
    const index = connectRetrieval(worker)
    const waiting = index.search('x', 1)
    listeners.get('error')?.(new Event('error') as never)
    await expect(waiting).rejects.toThrow(/search index stopped/)
    await expect(index.search('x', 1)).rejects.toThrow(/reload/)
  })
})
