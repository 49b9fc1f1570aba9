import { plain, type Strategy } from './strategy.ts'

export const lostInTheMiddle: Strategy = {
  ...plain,
  id: 'lost-in-the-middle',
  name: 'Strongest at both ends',
  paper: {
    number: 75,
    title: 'Lost in the Middle: How Language Models Use Long Contexts',
    section: 'position of relevant information',
  },
  remembers: 'Nothing of its own: it puts what matters most at the beginning and the end of a list, where models look.',
  order: 'ends-first',
}
