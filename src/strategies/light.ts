import { plain, type Strategy } from './strategy.ts'

export const light: Strategy = {
  ...plain,
  id: 'light',
  name: 'Scratchpad with a filter',
  paper: {
    number: 54,
    title: 'Beyond a Million Tokens: Benchmarking and Enhancing Long-Term Memory in LLMs',
    section: 'episodic memory, working memory, scratchpad',
  },
  remembers:
    'A scratchpad of facts, wishes and dates, of which only what fits the question is shown, beside recalled and recent turns.',
  remember: [
    { writer: 'summary', on: 'epoch', kinds: ['summary'] },
    { writer: 'facts', on: 'round', kinds: ['fact', 'event', 'loop'] },
  ],
  choose: [{ over: ['fact', 'event', 'loop'], most: 6, by: 'model' }],
  calls: { beforeReply: 1, perEpoch: 1 },
}
