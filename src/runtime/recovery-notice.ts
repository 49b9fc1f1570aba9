import type { Recovery } from '#ports/storage.ts'
import type { Notice } from './notice.ts'

const time = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' })
const counted = (value: number, one: string) => `${value.toLocaleString('en')} ${one}${value === 1 ? '' : 's'}`

/** What was lost and put back at start; as bad news it stays until it is put away. */
export function recoveryNotice({ conversations, messages, upTo, whole }: Recovery): Omit<Notice, 'id'> {
  const back = `${counted(conversations, 'conversation')} with ${counted(messages, 'message')}`
  return {
    tone: 'bad',
    text: `The browser had lost data of Longhand. ${back} came back from the second copy, which ended on ${time.format(upTo)}.`,
    detail: whole
      ? 'Every message that was shown as saved is back. Receipts of the newest replies may be missing.'
      : 'A part of the second copy could not be read: some messages are missing. A backup file may hold them.',
  }
}
