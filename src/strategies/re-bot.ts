import { plain, type Strategy } from './strategy.ts'

export const reBot: Strategy = {
  ...plain,
  id: 're-bot',
  name: 'Time line of sittings',
  paper: {
    number: 24,
    title: 'Conversation Chronicles: Towards Diverse Temporal and Relational Dynamics in Multi-Session Conversations',
    section: 'chronology and relationship',
  },
  remembers: 'What each sitting was about, in order, with how long ago it was.',
  remember: [{ writer: 'segments', on: 'epoch', kinds: ['segment'] }],
  lay: [{ section: 'chronology', most: 8 }],
}
