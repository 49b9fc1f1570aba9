import type { ChatTemplate } from '#context/template.ts'

export type Role = 'system' | 'user' | 'assistant'
export type Rendering = {
  /** Ends with the opening of a reply. */
  readonly opens: boolean
  /** Whether the model is to think in writing, for templates that can be told. */
  readonly thinks: boolean
}
/** Lays messages; undefined where the template refuses them. */
export type Render = (
  messages: readonly { readonly role: Role; readonly content: string }[],
  how: Rendering,
) => string | undefined

/** A template read off its renderings, and what it says besides. */
export type LearnedTemplate = {
  readonly template: Pick<ChatTemplate, 'start' | 'system' | 'user' | 'assistant' | 'thought'>
  /** Instructions that it puts in where there are none. */
  readonly defaultInstructions: string
  /** It knows no instructions: they stand as a user's turn before the first. */
  readonly instructionsAsUser: boolean
  /** The same with thinking on, where the template can be told. */
  readonly thinking?: Pick<ChatTemplate, 'start' | 'system' | 'user' | 'assistant' | 'thought'>
}

/** Words that no template holds. */
const mark = (at: number) => `LONGHANDPROBE${at}X`
const marks = /LONGHANDPROBE\dX/
const plainly: Rendering = { opens: false, thinks: false }

/**
 * What a template of a model file puts before and after each message, learned by laying marked conversations and held against
 * others. A string is why it cannot be laid that way: templates that write the date, number turns or move messages cannot.
 */
export function learnAffixes(render: Render, bos: string): LearnedTemplate | string {
  const lay = (roles: readonly Role[], how = plainly) =>
    render(
      roles.map((role, at) => ({ role, content: mark(at) })),
      how,
    )
  const gaps = (roles: readonly Role[], how = plainly) => lay(roles, how)?.split(marks)
  const talk = gaps(['user', 'assistant', 'user'])
  const userEnd = gaps(['user'])?.[1]
  const replyEnd = gaps(['user', 'assistant'])?.[2]
  if (talk?.length !== 4 || userEnd === undefined || replyEnd === undefined)
    return 'It does not lay a conversation of a question, a reply and a question, each once and in that order.'
  const [front = '', toReply = '', toUser = ''] = talk
  if (!toReply.startsWith(userEnd) || !toUser.startsWith(replyEnd))
    return 'What it writes after a message depends on what comes later.'
  const user = { before: toUser.slice(replyEnd.length), after: userEnd }
  const said = toReply.slice(userEnd.length)
  const opening = (thinks: boolean) => gaps(['user'], { opens: true, thinks })?.[1]?.slice(userEnd.length)
  const quiet = opening(false)
  // Some leave the space before a reply to the model, and lay it themselves in later turns.
  const opensAsLaid = quiet?.startsWith(said) || (quiet === '' && said.trim() === '')
  if (quiet === undefined || !opensAsLaid) return 'It opens a reply in another way than it lays one.'

  const system = learnSystem(lay, user, bos)
  if (!system && !front.endsWith(user.before)) return 'It lays the first question in another way than those after it.'
  const start = system?.start ?? front.slice(0, front.length - user.before.length)
  const base = { start, user, system: system?.affix ?? user }
  // Checked as earlier replies are laid; how a reply is opened was read off directly.
  const laid = { ...base, assistant: { before: said, after: replyEnd } }
  for (const roles of checks(system !== undefined))
    if (lay(roles) !== layBy(laid, roles)) return 'Longer conversations are laid in another way than short ones.'
  const loud = opening(true) ?? quiet
  const spoken = withThought(base, quiet, replyEnd)
  const thinking = loud === quiet ? undefined : withThought(base, loud, replyEnd, true)
  return {
    template: spoken,
    defaultInstructions: system?.defaultText(front) ?? '',
    instructionsAsUser: system === undefined,
    ...(thinking && { thinking }),
  }
}

/** An opening that ends within a thought: what opens it is written for the model. */
function withThought(
  base: Omit<ChatTemplate, 'assistant' | 'stop' | 'controlTokens' | 'thought'>,
  opening: string,
  after: string,
  always = false,
) {
  const open = /<think>\n?$/.exec(opening)?.[0]
  if (open) return { ...base, assistant: { before: opening.slice(0, -open.length), after }, thought: thoughtOf(open) }
  const affixed = { ...base, assistant: { before: opening, after } }
  return always ? { ...affixed, thought: thoughtOf('<think>\n') } : affixed
}

const thoughtOf = (open: string) => ({ open, close: '</think>' })

const checks = (hasSystem: boolean): readonly (readonly Role[])[] =>
  hasSystem
    ? [
        ['system', 'user'],
        ['system', 'user', 'assistant', 'user', 'assistant', 'user'],
      ]
    : [['user'], ['user', 'assistant', 'user', 'assistant', 'user']]

type Laid = Pick<ChatTemplate, 'start' | 'system' | 'user' | 'assistant'>

function layBy(template: Laid, roles: readonly Role[]): string {
  return template.start + roles.map((role, at) => template[role].before + mark(at) + template[role].after).join('')
}

/** How instructions are laid before a question; undefined where there is no place of their own for them. */
function learnSystem(lay: (roles: readonly Role[]) => string | undefined, user: ChatTemplate['user'], bos: string) {
  const [front, between, end] = lay(['system', 'user'])?.split(marks) ?? []
  if (front === undefined || between === undefined || end !== user.after || !between.endsWith(user.before)) return undefined
  const start = bos !== '' && front.startsWith(bos) ? bos : ''
  const affix = { before: front.slice(start.length), after: between.slice(0, between.length - user.before.length) }
  // Nothing around it: it is laid into the question.
  if (affix.before === user.before && affix.after === '') return undefined
  return {
    start,
    affix,
    /** What stands between the same marks where no instructions were given. */
    defaultText(withoutSystem: string): string {
      const [before, after] = [start + affix.before, affix.after + user.before]
      const fits = affix.before !== '' && withoutSystem.startsWith(before) && withoutSystem.endsWith(after)
      return fits && withoutSystem.length > before.length + after.length
        ? withoutSystem.slice(before.length, withoutSystem.length - after.length)
        : ''
    },
  }
}
