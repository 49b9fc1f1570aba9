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
    'Nothing of its own: while a conversation fits the window it is sent as a whole and nothing of it is recalled; beyond that recall joins in.',
}
