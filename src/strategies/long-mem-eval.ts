import { plain, type Strategy } from './strategy.ts'

export const longMemEval: Strategy = {
  ...plain,
  id: 'long-mem-eval',
  name: 'Rounds with fact keys, notes first',
  paper: {
    number: 10,
    title: 'LongMemEval: Benchmarking Chat Assistants on Long-Term Interactive Memory',
    section: 'value, key, query, reading',
  },
  remembers: 'Every turn as it was said; facts are further keys to find it by. The model writes notes before it answers.',
  remember: [{ writer: 'facts', on: 'round', kinds: ['fact', 'event'] }],
  seek: { superseded: 0.5 },
  keys: ['fact', 'event'],
  answer: 'notes-first',
  needs: { engine: 'E0', smallestModel: 3e9 },
}
