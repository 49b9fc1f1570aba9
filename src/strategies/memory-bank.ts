import { plain, type Strategy } from './strategy.ts'

export const memoryBank: Strategy = {
  ...plain,
  id: 'memory-bank',
  name: 'Days, a portrait, and fading',
  paper: {
    number: 118,
    title: 'MemoryBank: Enhancing Large Language Models with Long-Term Memory',
    section: 'memory storage, retrieval, forgetting curve',
  },
  remembers:
    'What each sitting was about and a portrait of you. What you come back to stays strong, the rest fades, nothing is deleted.',
  remember: [
    { writer: 'facts', on: 'round', kinds: ['fact'] },
    { writer: 'segments', on: 'epoch', kinds: ['segment'] },
    { writer: 'portrait', on: 'epoch', kinds: ['portrait'] },
  ],
  lay: [
    { section: 'portrait', most: 1 },
    { section: 'facts', most: 6 },
    { section: 'chronology', most: 3 },
  ],
  calls: { beforeReply: 0, perEpoch: 2 },
  knobs: [
    {
      name: 'retentionDays',
      meaning: 'days in which an unconfirmed memory fades to 37 %',
      unit: 'days',
      min: 1,
      max: 90,
      default: 5,
    },
  ],
}
