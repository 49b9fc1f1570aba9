import { plain, type Strategy } from './strategy.ts'

export const sinks: Strategy = {
  ...plain,
  id: 'sinks',
  name: 'Nothing but the window',
  paper: {
    number: 2,
    title: 'SinkLoRA: Enhanced Efficiency and Chat Capabilities for Long-Context Large Language Models',
    section: 'attention sinks',
  },
  remembers:
    'Nothing. The instructions and the newest turns, as far as they fit: the control that every other strategy is measured against.',
  recalls: false,
}
