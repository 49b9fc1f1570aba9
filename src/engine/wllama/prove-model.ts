import type { SelfTestResult } from '#ports/engine.ts'
import type { Model, SelfTest } from '#ports/model.ts'
import type { TokenCounter } from '#ports/token-counter.ts'
import type { Runner } from './runner.ts'

/** Texts that ways to tokenize differ in: other scripts, digits, runs of white space, contractions, punctuation, code. */
const probe = 'Schöne Grüße 🍎, 12345 + 67!  Don\'t\n\n\tif (a[0] >= 3.14) { return "x" }\r\n日本語 и ру́сский — end. '

/**
 * Whether the page counts the tokens of a model file as the engine does: both count one question, laid as all are. The file
 * says how its tokens are made in words that programs read differently, so it is tried and not trusted.
 */
export async function countsAgree(
  runner: Runner,
  { template }: Model,
  counter: TokenCounter,
  signal: AbortSignal,
): Promise<boolean> {
  const { start, system, user, assistant } = template
  const parts = [[start, system.before, 'Be brief.', system.after].join(''), user.before + probe + user.after, assistant.before]
  const counted = parts.reduce((sum, part) => sum + counter.count(part), 0)
  const { inputTokens } = await write(runner, withoutStart(runner, template.start, parts.join('')), 1, signal)
  return inputTokens === counted
}

/** Has the model go on with a text whose continuation is known, greedily: a damaged or misread file writes gibberish. */
export async function testModel(
  runner: Runner,
  test: SelfTest,
  { template }: Model,
  signal: AbortSignal,
): Promise<SelfTestResult> {
  const { text } = await write(runner, withoutStart(runner, template.start, test.prompt), test.tokens, signal)
  return { passed: text.includes(test.wants), wanted: test.wants, wrote: text }
}

/** The engine puts some models' start token before a prompt by itself. */
export function withoutStart({ addsStartToken }: Pick<Runner, 'addsStartToken'>, start: string, prompt: string): string {
  return addsStartToken && start !== '' && prompt.startsWith(start) ? prompt.slice(start.length) : prompt
}

async function write(runner: Runner, prompt: string, maxOutputTokens: number, signal: AbortSignal) {
  let text = ''
  let inputTokens = 0
  const greedy = { temperature: 0, topP: 1, seed: 1, maxOutputTokens }
  await runner.complete(
    { ...greedy, prompt, stop: [], fresh: true },
    ({ choices, timings }) => {
      text += choices[0]?.text ?? ''
      if (timings) inputTokens = timings.cache_n + timings.prompt_n
    },
    signal,
  )
  return { text, inputTokens }
}
