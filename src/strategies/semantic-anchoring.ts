import { plain, type Strategy } from './strategy.ts'

export const semanticAnchoring: Strategy = {
  ...plain,
  id: 'semantic-anchoring',
  name: 'Names and acts as anchors',
  paper: {
    number: 27,
    title: 'Semantic Anchoring in Agentic Memory: Leveraging Linguistic Structures for Persistent Conversational Context',
    section: 'hybrid score over anchors',
  },
  remembers:
    'Nothing of its own: turns that name the same people, places and numbers, or do the same as your message, count more.',
  seek: { entities: 0.3, act: 0.1 },
}
