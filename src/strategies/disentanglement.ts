import { plain, type Strategy } from './strategy.ts'

export const disentanglement: Strategy = {
  ...plain,
  id: 'disentanglement',
  name: 'Threads',
  paper: { number: 109, title: 'A Large-Scale Corpus for Conversation Disentanglement', section: 'reply structure' },
  remembers: 'Nothing of its own: of interleaved subjects, turns of the thread that your message goes on with count more.',
  seek: { thread: 0.2 },
}
