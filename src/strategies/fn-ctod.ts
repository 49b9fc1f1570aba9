import { plain, type Strategy } from './strategy.ts'

export const fnCtod: Strategy = {
  ...plain,
  id: 'fn-ctod',
  name: 'State card',
  paper: {
    number: 108,
    title: 'Large Language Models as Zero-shot Dialogue State Tracker through Function Calling',
    section: 'slots by function calls',
  },
  remembers: 'One value for each thing that has one (home, job, budget, date); the newest holds.',
  remember: [{ writer: 'facts', on: 'round', kinds: ['fact'] }],
  lay: [{ section: 'slots', most: 10 }],
}
