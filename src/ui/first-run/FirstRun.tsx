import { ChevronRight } from 'lucide-react'
import { useLocation } from 'wouter'
import { fillComposer } from '#ui/chat/chat-state.ts'
import { ModelGate } from '#ui/chat/ModelGate.tsx'
import { Icon } from '#ui/kit/Icon.tsx'
import { conversationPath } from '#ui/kit/links.ts'
import { useActions } from '#ui/longhand-context.tsx'
import { useNewChat } from '#ui/shell/use-new-chat.ts'
import { ModelState } from './ModelState.tsx'

const facts =
  'Three things about me: my cat is called Mochi. I am moving to Ghent on 29 August. My budget for the move is 2,400 euros.'
const question = 'What is a context window? Answer in three short sentences.'

/** What Longhand is, whether it can run here, and what to try first. Only things that really exist. */
export function FirstRun() {
  const newChat = useNewChat()
  const { openExample } = useActions()
  const [, navigate] = useLocation()
  const demos = [
    {
      title: 'See it on an example',
      words: 'One question to a long talk: answered with all of it, from memory, and with its end alone',
      run: async () => {
        const id = await openExample()
        if (id) navigate(conversationPath(id))
      },
    },
    {
      title: 'Tell it three things, then ask in another chat',
      words: 'They come back, and the receipt shows the message each one came from',
      run: () => fillComposer(facts),
    },
    {
      title: 'Ask a question and open the receipt of the reply',
      words: 'Everything that was in the prompt, to scale, and what it cost to read',
      run: () => fillComposer(question),
    },
    {
      title: 'Talk without leaving a trace',
      words: 'A temporary chat is never stored, and reads and writes no memory',
      run: () => newChat({ temporary: true }),
    },
  ]
  return (
    <div className="thin-scroll flex min-h-0 flex-1 flex-col overflow-y-auto">
      <div className="m-auto w-full max-w-[calc(var(--container-measure)+5.5rem)] pt-10 pr-6 pb-7 pl-16 phone:px-4 phone:pt-4">
        <h2 className="max-w-136 text-[1.75rem] leading-9 font-semibold tracking-[-0.025em] text-balance phone:text-xl phone:leading-8">
          A private chat that runs in this page, remembers, and shows what it remembered for every reply.
        </h2>
        <ModelState />
        <div className="mt-4 empty:hidden">
          <ModelGate />
        </div>
        <h3 className="mt-10 mb-1 text-sm text-ink-3 phone:mt-6">Try one of these</h3>
        <ul className="-mx-3">
          {demos.map((demo, index) => (
            <li
              key={demo.title}
              className="relative before:absolute before:inset-x-3 before:top-0 before:h-px before:bg-line first:before:hidden"
            >
              <button
                type="button"
                onClick={() => void demo.run()}
                className="grid w-full cursor-pointer grid-cols-[28px_minmax(0,1fr)_16px] items-center gap-x-2.5 rounded-md p-3 text-left transition-colors hover:bg-rail phone:grid-cols-[24px_minmax(0,1fr)]"
              >
                <span aria-hidden="true" className="font-mono text-sm text-accent">
                  {index + 1}
                </span>
                <span>
                  <span className="block font-semibold">{demo.title}</span>
                  <span className="text-sm text-ink-2">{demo.words}</span>
                </span>
                <Icon of={ChevronRight} className="text-ink-3 phone:hidden" />
              </button>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
