import { plain, type Strategy } from './strategy.ts'

export const s3Dst: Strategy = {
  ...plain,
  id: 's3-dst',
  name: 'Outline with state',
  paper: {
    number: 51,
    title: 'S3-DST: Structured Open-Domain Dialogue Segmentation and State Tracking in the Era of LLMs',
    section: 'segmentation, state, pre-analytical recollection',
  },
  remembers: 'The outline of the conversation by topics, and what was settled so far; the model first recalls where it stands.',
  remember: [
    { writer: 'segments', on: 'epoch', kinds: ['segment'] },
    { writer: 'facts', on: 'round', kinds: ['fact'] },
  ],
  lay: [
    { section: 'slots', most: 8 },
    { section: 'outline', most: 6 },
  ],
  answer: 'recollect',
  needs: { engine: 'E0', smallestModel: 1e9 },
}
