import { Component, type ReactNode } from 'react'

type Props = { readonly text: string; readonly children: ReactNode }
type State = { readonly failedText: string | undefined }

/** A piece of a reply whose drawing fails is shown as it was written: no words of a model take the page down (E92). */
export class AsWritten extends Component<Props, State> {
  override readonly state: State = { failedText: undefined }

  static getDerivedStateFromError(): Partial<State> {
    return { failedText: '' }
  }

  /** More text of a reply that is being written may be drawn again. */
  static getDerivedStateFromProps({ text }: Props, { failedText }: State): State | null {
    if (failedText === '') return { failedText: text }
    return failedText !== undefined && failedText !== text ? { failedText: undefined } : null
  }

  override render(): ReactNode {
    const { text, children } = this.props
    return this.state.failedText === undefined ? children : <p className="wrap-anywhere whitespace-pre-wrap">{text}</p>
  }
}
