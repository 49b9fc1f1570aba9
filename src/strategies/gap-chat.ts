import { plain, type Strategy } from './strategy.ts'

export const gapChat: Strategy = {
  ...plain,
  id: 'gap-chat',
  name: 'What has passed meanwhile',
  paper: {
    number: 47,
    title: 'Mind the Gap Between Conversations for Improved Long-Term Dialogue Generation',
    section: 'progress of events over time gaps',
  },
  remembers: 'Your plans and what is going on, with how long it takes; after a pause the model is told how far each has come.',
  remember: [{ writer: 'facts', on: 'round', kinds: ['loop', 'event'] }],
  lay: [{ section: 'loops', most: 5 }],
  knobs: [
    { name: 'gapHours', meaning: 'shortest pause after which plans are looked at', unit: 'hours', min: 1, max: 72, default: 6 },
  ],
}
