import { plain, type Strategy } from './strategy.ts'

export const convoMem: Strategy = {
  ...plain,
  id: 'convo-mem',
  name: 'By the size of the history',
  paper: {
    number: 45,
    title: 'ConvoMem Benchmark: Why Your First 150 Conversations Don’t Need RAG',
    section: 'full context against retrieval by history size',
  },
  remembers:
    'Nothing of its own: while the history fits it is sent as a whole; beyond that less and less is, and more is recalled.',
  knobs: [
    { name: 'hybridFrom', meaning: 'history in windows from which recall joins in', unit: '×', min: 1, max: 3, default: 1 },
    { name: 'recallFrom', meaning: 'history in windows from which recall alone serves', unit: '×', min: 2, max: 20, default: 5 },
  ],
}
