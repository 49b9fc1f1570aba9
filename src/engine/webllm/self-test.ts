import type { SelfTestResult } from '#ports/engine.ts'
import type { SelfTest } from '#ports/model.ts'
import { generateTokens } from './generate-tokens.ts'
import type { Pipeline } from './pipeline.ts'

/**
 * Has a model go on with a text whose continuation is known, greedily, and empties the cache again. A broken driver or
 * arithmetic that the device does not really have makes any model write gibberish; this is found here and not in a chat.
 */
export async function runSelfTest(pipeline: Pipeline, test: SelfTest, signal: AbortSignal): Promise<SelfTestResult> {
  let wrote = ''
  const request = {
    prompt: [{ role: 'reply' as const, text: test.prompt }],
    sampling: { temperature: 0, topP: 1, seed: 1, maxOutputTokens: test.tokens },
    stop: [],
  }
  const nothing = { ids: [], spans: [] }
  try {
    for await (const event of generateTokens(pipeline, nothing, request, signal, () => {}))
      if (event.type === 'text-delta') wrote += event.text
  } finally {
    pipeline.truncate(0)
  }
  return { passed: wrote.includes(test.wants), wanted: test.wants, wrote }
}
