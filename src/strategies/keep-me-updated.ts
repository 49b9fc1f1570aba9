import { plain, type Strategy } from './strategy.ts'

export const keepMeUpdated: Strategy = {
  ...plain,
  id: 'keep-me-updated',
  name: 'Facts kept up to date',
  paper: {
    number: 87,
    title: 'Keep Me Updated! Memory Management in Long-term Conversations',
    section: 'memory update operations',
  },
  remembers: 'What you say of yourself. New facts are added, repeated ones confirmed, old values replaced, what is over retired.',
  remember: [
    { writer: 'facts', on: 'round', kinds: ['fact'] },
    { writer: 'facts', on: 'epoch', kinds: ['fact'] },
  ],
  lay: [{ section: 'facts', most: 12 }],
  calls: { beforeReply: 0, perEpoch: 1 },
}
