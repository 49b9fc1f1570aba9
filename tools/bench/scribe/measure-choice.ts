import type { Candidate } from '#memory/candidate.ts'
import { calibrate } from '#memory/gate.ts'
import type { Memory } from '#memory/memory.ts'
import { memoryCandidates, memoryGate } from '#memory/memory-candidates.ts'
import type { Choose } from '#runtime/pick-memories.ts'
import { chosenFrom } from '#strategies/apply-seek.ts'
import { light } from '#strategies/light.ts'
import type { Fact } from '../summaries/one-branch.ts'

/** Of the questions for which a memory from the messages with the answer was on offer, how often it was chosen; and how many were chosen in all. */
export type ChoiceReport = { readonly questions: number; readonly right: number; readonly chosen: number }

export type MeasuredChoice = {
  readonly rules: ChoiceReport
  readonly model: ChoiceReport | undefined
  /** Shares of a question's words that memories with and without the answer hold. */
  readonly positives: readonly number[]
  readonly negatives: readonly number[]
}

/** The scratchpad's choice (LIGHT, paper #54) for each fact's question, by rules and by a model where there is one: it for the first `most`, and rules for the same. */
export async function measureChoice(
  memories: readonly Memory[],
  facts: readonly Fact[],
  choose: Choose | undefined,
  most: number,
): Promise<MeasuredChoice> {
  const [choice] = light.choose
  if (!choice) throw new Error('The scratchpad chooses nothing.')
  const rules = { questions: 0, right: 0, chosen: 0 }
  const model = { questions: 0, right: 0, chosen: 0 }
  const positives: number[] = []
  const negatives: number[] = []
  const add = (report: typeof rules, chosen: readonly Candidate[], isGold: (one: Candidate) => boolean) => {
    report.questions++
    report.right += chosen.some(isGold) ? 1 : 0
    report.chosen += chosen.length
  }
  for (const { text: question, gold } of facts) {
    const job = { memories, over: choice.over, question }
    const isGold = ({ evidence }: Candidate) => evidence.some(({ messageId }) => gold.includes(messageId))
    const gate = memoryGate({ ...job, most: choice.most })
    if (!gate.options.some(isGold)) continue
    for (const one of memoryCandidates({ ...job, most: gate.options.length, threshold: Number.EPSILON }))
      (isGold(one) ? positives : negatives).push(one.score.total)
    if (choose && model.questions >= most) continue
    add(rules, memoryCandidates({ ...job, most: choice.most, threshold: chosenFrom }), isGold)
    if (choose) add(model, (await choose(gate)) ?? [], isGold)
  }
  return { rules, model: choose && model, positives, negatives }
}

export function addChoice(a: ChoiceReport, b: ChoiceReport | undefined): ChoiceReport {
  if (!b) return a
  return { questions: a.questions + b.questions, right: a.right + b.right, chosen: a.chosen + b.chosen }
}

export function printChoice(name: string, { questions, right, chosen }: ChoiceReport): void {
  const share = questions === 0 ? '–' : `${((100 * right) / questions).toFixed(0)} %`
  console.log(
    `  ${name.padEnd(8)} of ${questions} questions: the memory with the answer chosen for ${share}; ${(chosen / Math.max(1, questions)).toFixed(1)} chosen each`,
  )
}

export const bestThreshold = (all: readonly MeasuredChoice[]): number =>
  calibrate(
    all.flatMap(({ positives }) => positives),
    all.flatMap(({ negatives }) => negatives),
  )
