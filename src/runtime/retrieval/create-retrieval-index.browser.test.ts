import { describeRetrievalContract } from '#ports/retrieval.contract.ts'
import { createRetrievalWorker } from './create-retrieval-index.ts'

describeRetrievalContract('in a worker', createRetrievalWorker)
