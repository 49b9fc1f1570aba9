import { Component, type ReactNode } from 'react'
import { Button } from '#ui/kit/Button.tsx'

type Props = { readonly children: ReactNode }
type State = { readonly error: Error | undefined }

/**
 * Catches what a part of the page throws while it is drawn, most often a file that is gone because a newer Longhand was
 * installed under an open tab. Says so in words instead of leaving a blank page; what was written is on disk.
 */
export class PartBoundary extends Component<Props, State> {
  override readonly state: State = { error: undefined }

  static getDerivedStateFromError(error: Error): State {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <main className="mx-auto max-w-measure p-8">
        <div role="alert">
          <h1 className="font-semibold text-xl">A part of Longhand could not be shown.</h1>
          <p className="mt-2 mb-4">
            Longhand may have been updated while this tab was open. What you wrote is on disk: reload to go on.
          </p>
          <Button kind="primary" onClick={() => location.reload()}>
            Reload
          </Button>
          <p className="mt-4 font-mono text-ink-3 text-xs">{error.message || error.name}</p>
        </div>
      </main>
    )
  }
}
