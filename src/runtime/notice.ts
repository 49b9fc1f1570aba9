/** Something that happened beside the conversation, said to the user. */
export type Notice = {
  readonly id: string
  /** There is one notice about each of these: the newest. */
  readonly about?: 'engine'
  readonly tone: 'info' | 'good' | 'bad'
  readonly text: string
  readonly detail?: string
  readonly action?: { readonly label: string; readonly run: () => void }
}
