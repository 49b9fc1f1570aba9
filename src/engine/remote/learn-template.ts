import type { ChatTemplate } from '#context/template.ts'
import { askJson, type Server } from './ask-server.ts'

type Role = 'system' | 'user' | 'assistant'
type Message = { readonly role: Role; readonly content: string }

/** Words that no template holds. */
const mark = (at: number) => `LONGHANDPROBE${at}X`

/**
 * How the server's model lays messages (`/apply-template` of llama.cpp), as data: what stands before and after each. Learned
 * from one conversation and held against others; undefined where they differ, as templates do that write the date, reorder
 * or drop messages.
 */
export async function learnTemplate(server: Server, signal: AbortSignal): Promise<ChatTemplate | undefined> {
  const render = async (roles: readonly Role[]) => {
    const messages = roles.map((role, at): Message => ({ role, content: mark(at) }))
    const answer = await askJson({ server, path: 'apply-template', body: { messages }, signal })
    const text = (answer as { prompt?: unknown } | null)?.prompt
    return typeof text === 'string' ? text : undefined
  }
  try {
    const text = await render(['system', 'user', 'assistant', 'user', 'assistant', 'user'])
    const template = text === undefined ? undefined : readOff(text)
    if (!template) return undefined
    for (const roles of checks) if ((await render(roles)) !== lay(template, roles)) return undefined
    return template
  } catch {
    // Not offered: prompts are then sent as messages, which the server lays by itself.
    return undefined
  }
}

const checks: readonly (readonly Role[])[] = [
  ['system', 'user'],
  ['system', 'user', 'assistant', 'user', 'assistant', 'user', 'assistant', 'user'],
]

function lay(template: ChatTemplate, roles: readonly Role[]): string {
  const turns = roles.map((role, at) => template[role].before + mark(at) + template[role].after)
  return template.start + turns.join('') + template.assistant.before
}

/** Reads the affixes off a rendering of system, user, assistant, user, assistant, user and the opening of a reply. */
function readOff(text: string): ChatTemplate | undefined {
  const gaps = text.split(/LONGHANDPROBE\dX/)
  const [front, systemUser, userAssistant, assistantUser, , assistantUserAgain, userReply] = gaps
  if (gaps.length !== 7 || front === undefined || systemUser === undefined || userAssistant === undefined) return undefined
  if (assistantUser === undefined || assistantUser !== assistantUserAgain || userAssistant !== userReply) return undefined
  // Between two messages stand the end of one and the beginning of the next. What all ends share is where the turn ends.
  const end = sharedStart(sharedStart(systemUser, assistantUser), userAssistant)
  const cut = turnEnd(end)
  const after = end.slice(0, cut)
  const before = (gap: string) => gap.slice(cut)
  const userBefore = before(systemUser)
  const assistantBefore = before(userAssistant)
  const systemBefore = matchedStart(front, userBefore)
  const stop = [after.trim()].filter((word) => word !== '')
  if (userBefore !== before(assistantUser) || stop.length === 0) return undefined
  return {
    start: front.slice(0, front.length - systemBefore.length),
    system: { before: systemBefore, after },
    user: { before: userBefore, after },
    assistant: { before: assistantBefore, after },
    stop,
    controlTokens: controlTokens([after, systemBefore, userBefore, assistantBefore, front]),
  }
}

/** A turn's end goes up to the last `>` or `]` or line break that all ends share; what follows begins the next turn. */
function turnEnd(end: string): number {
  const closing = Math.max(end.indexOf('>'), end.indexOf(']'))
  if (closing < 0) return end.indexOf('\n') + 1
  return end[closing + 1] === '\n' ? closing + 2 : closing + 1
}

function sharedStart(a: string, b: string): string {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return a.slice(0, length)
}

/** The end of the front that opens a system turn as a user's is opened: it begins with the same mark. */
function matchedStart(front: string, userBefore: string): string {
  const opening = /^[^>\]]*[>\]]/.exec(userBefore)?.[0] ?? ''
  const at = opening === '' ? -1 : front.indexOf(opening)
  return at < 0 ? front : front.slice(at)
}

const controlTokens = (texts: readonly string[]) => [
  ...new Set(texts.flatMap((text) => text.match(/<\|?[\w▁|/.-]+\|?>|\[\/?[A-Z_]+\]/g) ?? [])),
]
