import { plain, type Strategy } from './strategy.ts'

export const memGpt: Strategy = {
  ...plain,
  id: 'mem-gpt',
  name: 'A core that the model edits',
  paper: { number: 33, title: 'MemGPT: Towards LLMs as Operating Systems', section: 'core memory and its functions' },
  remembers:
    'A core text about you that the model edits by functions when the window fills; before a reply it can search what was said.',
  remember: [
    { writer: 'summary', on: 'epoch', kinds: ['summary'] },
    { writer: 'core', on: 'epoch', kinds: ['slot'] },
  ],
  searches: 2,
  lay: [{ section: 'core', most: 12 }],
  calls: { beforeReply: 2, perEpoch: 4 },
  needs: { engine: 'E0', smallestModel: 7e9 },
  knobs: [
    { name: 'steps', meaning: 'functions that the model may call when an epoch closes', unit: '', min: 1, max: 8, default: 3 },
  ],
}
