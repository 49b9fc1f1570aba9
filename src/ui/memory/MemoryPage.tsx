import { useState } from 'react'
import { useLocation, useRoute } from 'wouter'
import type { Memory } from '#memory/memory.ts'
import { turnNumbers } from '#ui/inspector/turn-numbers.ts'
import { Button } from '#ui/kit/Button.tsx'
import { formatPlural } from '#ui/kit/format.ts'
import { Switch } from '#ui/kit/Switch.tsx'
import { phoneQuery, useMedia } from '#ui/kit/use-media.ts'
import { useActions, useLonghand } from '#ui/longhand-context.tsx'
import { PageFrame } from '#ui/shell/PageFrame.tsx'
import { ForgottenList } from './ForgottenList.tsx'
import { hasMoreToSummarize } from './has-more-to-summarize.ts'
import { MemoryDetail } from './MemoryDetail.tsx'
import { MemoryFrame } from './MemoryFrame.tsx'
import { MemoryGroupView } from './MemoryGroupView.tsx'
import { groupMemories, inForce } from './memory-groups.ts'
import { memoryPath } from './memory-path.ts'
import { kindWords } from './memory-words.ts'

/** What Longhand keeps from conversations: every memory in force, with its sources and versions beside it. */
export function MemoryPage() {
  const memories = useLonghand((state) => state.memories)
  const open = useLonghand((state) => state.open)
  const [, navigate] = useLocation()
  const [, params] = useRoute('/memory/:memoryId')
  const [now] = useState(Date.now)
  const phone = useMedia(phoneQuery)
  const shown = memories.find((memory) => memory.id === params?.memoryId)
  const show = (id?: Memory['id']) => navigate(memoryPath(id))
  const forgotten = memories.filter((memory) => memory.retired && memory.replacedBy === undefined)
  const groups = groupMemories(memories)
  const turnOf = turnNumbers(open)
  return (
    <div className="flex min-h-0 flex-1">
      <div className="flex min-w-0 flex-1" inert={phone && shown !== undefined}>
        <PageFrame title="Memory" lead={<Lead memories={memories} groups={groups.length} />}>
          <MemorySwitch />
          <Pending />
          {groups.length === 0 && <Empty />}
          {groups.map((group) => (
            <MemoryGroupView key={group.conversationId ?? 'everywhere'} group={group} shownId={shown?.id} turnOf={turnOf} />
          ))}
          {open &&
            open.messages.length > 0 &&
            !open.conversation.temporary &&
            !groups.some((group) => group.conversationId === open.conversation.id) && (
              <SummarizeOpen title={open.conversation.title} />
            )}
          {forgotten.length > 0 && <ForgottenList memories={forgotten} />}
        </PageFrame>
      </div>
      {shown && (
        <MemoryFrame onClose={() => show()}>
          <MemoryDetail memory={shown} now={now} onShow={show} onClose={() => show()} />
        </MemoryFrame>
      )}
    </div>
  )
}

function Lead({ memories, groups }: { readonly memories: readonly Memory[]; readonly groups: number }) {
  const standing = memories.filter(inForce)
  if (standing.length === 0) return 'What is kept from your conversations, with the sentences it came from.'
  const kinds = [...new Set(standing.map((memory) => memory.kind))].map((kind) =>
    formatPlural(standing.filter((memory) => memory.kind === kind).length, kindWords[kind].toLowerCase(), plural(kind)),
  )
  return `${kinds.join(', ')} from ${formatPlural(groups, 'conversation')}. Every one leads back to the sentences it came from.`
}

function plural(kind: Memory['kind']): string {
  const word = kindWords[kind].toLowerCase()
  return word.endsWith('y') ? `${word.slice(0, -1)}ies` : `${word}s`
}

function MemorySwitch() {
  const on = useLonghand((state) => state.settings.memory)
  const { updateSettings } = useActions()
  return (
    <div className="mt-5 rounded-lg bg-rail px-5 py-4">
      <Switch
        label="Read and write memory"
        hint={
          on
            ? 'What fits your message is recalled from all conversations, and long conversations are summarised after the reply.'
            : 'Off: nothing is recalled and nothing new is summarised. What is kept stays here, and chats stay on this device as before.'
        }
        checked={on}
        onChange={(memory) => void updateSettings({ memory })}
      />
    </div>
  )
}

function Pending() {
  const jobs = useLonghand((state) => state.pendingJobs)
  return (
    <p role="status" className="mt-2 min-h-4.5 px-5 text-xs text-ink-3">
      {jobs > 0 && `Memory is being written: ${formatPlural(jobs, 'job')} waiting. It goes on while you do not write.`}
    </p>
  )
}

/** The open conversation has no summary yet: where there is enough of it, it need not wait until its window is full. */
function SummarizeOpen({ title }: { readonly title: string }) {
  const busy = useLonghand((state) => state.pendingJobs > 0)
  const more = useLonghand((state) => state.open !== undefined && hasMoreToSummarize(state.open))
  const { summarizeNow } = useActions()
  return (
    <p className="mt-6 flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
      <span>
        “{title}” is open and has no summary.
        {!more && ' Its last three turns are sent as they were said, so there is nothing to summarise yet.'}
      </span>
      {!busy && more && (
        <Button kind="text" onClick={() => void summarizeNow()}>
          Summarise now
        </Button>
      )}
    </p>
  )
}

function Empty() {
  return (
    <div className="mt-6 max-w-152">
      <h2 className="font-semibold">Nothing is remembered yet</h2>
      <p className="mt-1 text-ink-2">
        While a conversation fits the model’s window, all of it is sent and no summary is needed. When the window is nearly full,
        the older turns are summarised after the reply; the summary appears here, each sentence with the one it came from.
      </p>
    </div>
  )
}
