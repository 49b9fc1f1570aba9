import { describeRetrievalContract } from '#ports/retrieval.contract.ts'
import { createRetrievalWorker } from './create-retrieval-worker.ts'

describeRetrievalContract('in a worker', createRetrievalWorker)
