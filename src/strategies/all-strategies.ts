import { convoMem } from './convo-mem.ts'
import { disentanglement } from './disentanglement.ts'
import { dzTdpo } from './dz-tdpo.ts'
import { epiCache } from './epi-cache.ts'
import { episode } from './episode.ts'
import { fnCtod } from './fn-ctod.ts'
import { gapChat } from './gap-chat.ts'
import { keepMeUpdated } from './keep-me-updated.ts'
import { light } from './light.ts'
import { longMemEval } from './long-mem-eval.ts'
import { lostInTheMiddle } from './lost-in-the-middle.ts'
import { memGpt } from './mem-gpt.ts'
import { memoChat } from './memo-chat.ts'
import { memoryBank } from './memory-bank.ts'
import { reBot } from './re-bot.ts'
import { recursiveSummary } from './recursive-summary.ts'
import { s3Dst } from './s3-dst.ts'
import { semanticAnchoring } from './semantic-anchoring.ts'
import { sinks } from './sinks.ts'
import type { Strategy } from './strategy.ts'

/** Every strategy, in the order of the papers' numbers. */
export const allStrategies: readonly Strategy[] = [
  sinks,
  longMemEval,
  dzTdpo,
  recursiveSummary,
  reBot,
  semanticAnchoring,
  memGpt,
  convoMem,
  gapChat,
  s3Dst,
  light,
  memoChat,
  lostInTheMiddle,
  keepMeUpdated,
  epiCache,
  episode,
  fnCtod,
  disentanglement,
  memoryBank,
]
