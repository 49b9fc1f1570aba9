import { plain, type Strategy } from './strategy.ts'

export const memoChat: Strategy = {
  ...plain,
  id: 'memo-chat',
  name: 'Memos by topic',
  paper: {
    number: 69,
    title: 'MemoChat: Tuning LLMs to Use Memos for Consistent Long-Range Open-Domain Conversation',
    section: 'memo writing, retrieval, use',
  },
  remembers: 'A memo for each topic of a conversation. Before a reply the memos that fit are chosen, or none.',
  remember: [{ writer: 'segments', on: 'epoch', kinds: ['segment'] }],
  choose: [{ over: ['segment'], most: 2, by: 'model' }],
  calls: { beforeReply: 1, perEpoch: 0 },
}
