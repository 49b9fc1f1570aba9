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
    'Nothing of its own: while a conversation fits its room in the window all of it is sent and nothing of it recalled. Beyond that a summary and recall stand for it, and in very long ones recall alone, which then has the summary’s room.',
  knobs: [
    {
      name: 'recallAbove',
      meaning: 'size of the history above which recall alone stands for it',
      unit: 'times its room',
      min: 2,
      max: 50,
      default: 5,
    },
  ],
}
