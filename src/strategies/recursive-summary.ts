import { plain, type Strategy } from './strategy.ts'

export const recursiveSummary: Strategy = {
  ...plain,
  id: 'recursive-summary',
  name: 'Recursive summary',
  paper: {
    number: 16,
    title: 'Recursively Summarizing Enables Long-Term Dialogue Memory in Large Language Models',
    section: 'recursive memory generation',
  },
  remembers: 'A summary of the conversation, carried on from version to version.',
  remember: [{ writer: 'summary', on: 'epoch', kinds: ['summary'] }],
  calls: { beforeReply: 0, perEpoch: 1 },
}
