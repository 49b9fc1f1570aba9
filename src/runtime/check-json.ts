import { EngineError } from '#ports/engine.ts'
import { readJsonSchema } from '#shared/json-schema.ts'
import type { TurnRequest } from './prepare-turn.ts'
import { asChosen } from './sampling.ts'
import type { Settings } from './settings.ts'

/**
 * Refuses a turn whose reply is to be JSON and cannot be held to it, before anything is sent. Throws EngineError `bad-schema`
 * or `cannot-constrain`.
 */
export function checkJson(settings: Settings, { conversation, model, loaded, continued }: TurnRequest): void {
  if (!conversation.json) return
  const read = readJsonSchema(conversation.json)
  if ('problem' in read) throw new EngineError('bad-schema', read.problem)
  const why = whyFree(settings, model, loaded, continued !== undefined)
  if (why) throw new EngineError('cannot-constrain', why)
}

/** Why replies of a loaded model cannot be held to JSON; undefined where they can. */
export function whyFree(
  settings: Settings,
  model: TurnRequest['model'],
  loaded: TurnRequest['loaded'],
  goesOn = false,
): string | undefined {
  if (loaded.writesJson === undefined) return `${loaded.runsOn} has no way to hold a reply to JSON.`
  if (asChosen(settings, model).template.thought)
    return `${model.name} thinks in writing before it answers, and a thought is no JSON. Where it can be switched off, that is in Settings.`
  return goesOn ? 'A reply that was cut is not gone on with as JSON: ask for it again from its beginning.' : undefined
}
