import { plain, type Strategy } from './strategy.ts'

export const episode: Strategy = {
  ...plain,
  id: 'episode',
  name: 'Shared memories',
  paper: {
    number: 96,
    title: 'SHARE: Shared Memory-Aware Open-Domain Long-Term Dialogue Dataset',
    section: 'memory selection and update',
  },
  remembers: 'What you went through together and what has changed since, as “was …, now …”. Which of it fits is chosen, or none.',
  remember: [{ writer: 'facts', on: 'round', kinds: ['fact', 'event'] }],
  // The paper lets a model select; in everyday talk a wait before every reply costs more than a line too many.
  choose: [{ over: ['event'], most: 3, by: 'rules' }],
  lay: [{ section: 'shared', most: 4 }],
}
