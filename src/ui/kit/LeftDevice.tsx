import clsx from 'clsx'
import { Globe } from 'lucide-react'
import { readRemoteModelId } from '#chat/remote-model-id.ts'
import { Icon } from './Icon.tsx'

type Props = {
  /** The model of a reply or of the next prompt; nothing is shown for one that runs in this page. */
  readonly modelId: string | undefined
  /** It was not sent yet. */
  readonly plan?: boolean
  readonly className?: string
}

/** That a prompt left this page, and where to: a sign and words, wherever such a reply or its prompt is shown. */
export function LeftDevice({ modelId, plan = false, className }: Props) {
  const remote = readRemoteModelId(modelId)
  if (!remote) return null
  return (
    <p className={clsx('flex items-start gap-2 text-warn', className)}>
      <Icon of={Globe} size={14} className="mt-px flex-none" />
      <span className="min-w-0 wrap-anywhere">
        {plan ? 'What you send leaves this page: it goes to ' : 'Left this page: sent to '}
        {remote.address}
      </span>
    </p>
  )
}
