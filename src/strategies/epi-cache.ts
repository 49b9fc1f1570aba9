import { plain, type Strategy } from './strategy.ts'

export const epiCache: Strategy = {
  ...plain,
  id: 'epi-cache',
  name: 'Episodes',
  paper: {
    number: 89,
    title: 'EpiCache: Episodic KV Cache Management for Long Conversational Question Answering',
    section: 'episodic clustering',
  },
  remembers:
    'Nothing of its own: what was found falls into episodes, and the episode nearest to your message counts more. (An analogue: the paper compresses the cache.)',
  seek: { episode: 0.2 },
  knobs: [{ name: 'episodes', meaning: 'episodes that candidates fall into', unit: '', min: 2, max: 8, default: 4 }],
}
