import { plain, type Strategy } from './strategy.ts'

export const dzTdpo: Strategy = {
  ...plain,
  id: 'dz-tdpo',
  name: 'Newest value, with what it was',
  paper: {
    number: 11,
    title: 'DZ-TDPO: Non-Destructive Temporal Alignment for Mutable State Tracking in Long-Context Dialogue',
    section: 'temporal alignment of changed states',
  },
  remembers:
    'The newest value of what changed, with what it was before; only turns that were contradicted count less. (An analogue: the paper trains the model.)',
  remember: [{ writer: 'facts', on: 'round', kinds: ['fact'] }],
  seek: { superseded: 0.5 },
  lay: [{ section: 'shared', most: 6 }],
}
