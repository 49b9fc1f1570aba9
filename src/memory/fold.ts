/**
 * `chain`: each piece with the carry before it. `map`: each piece by itself. `tree`: each by itself, then two and two until one
 * is left. `walk`: the carry says which piece comes next, or that enough was seen.
 */
export type FoldMode = 'chain' | 'map' | 'tree' | 'walk'

/** What a step is given: a piece, and the carries that it goes on from. */
export type FoldInput<Piece, Carry> = { readonly piece?: Piece; readonly from: readonly Carry[] }

export type Fold<Piece, Carry> = {
  readonly mode: FoldMode
  readonly pieces: readonly Piece[]
  /** One step: a call of a model, or a rule. */
  readonly step: (input: FoldInput<Piece, Carry>) => Promise<Carry>
  /** Walks only: the next piece by its index, or undefined to stop. */
  readonly next?: (carries: readonly Carry[]) => number | undefined
  /** The most steps in all; walks need one. */
  readonly maxSteps?: number
  /** Every carry so far: the whole state. Plain data where carries are, so that a fold goes on after a crash (rule M28). */
  readonly carries?: readonly Carry[]
  readonly onCarry?: (carries: readonly Carry[]) => Promise<void> | void
  readonly signal?: AbortSignal
}

/** Every carry in the order in which they were made; `done` is false where it was cancelled or ran out of steps. The last one is the result. */
export type Folded<Carry> = { readonly carries: readonly Carry[]; readonly done: boolean }

/** Runs a fold, or goes on with one. */
export async function fold<Piece, Carry>(job: Fold<Piece, Carry>): Promise<Folded<Carry>> {
  const { step, onCarry, signal, maxSteps = Number.POSITIVE_INFINITY } = job
  let carries = job.carries ?? []
  for (;;) {
    const operation = nextOperation(job, carries)
    if (!operation) return { carries, done: true }
    if (signal?.aborted || carries.length >= maxSteps) return { carries, done: false }
    const piece = operation.piece === undefined ? undefined : job.pieces[operation.piece]
    const from = operation.from.flatMap((index) => (index in carries ? [carries[index] as Carry] : []))
    carries = [...carries, await step({ ...(piece !== undefined && { piece }), from })]
    await onCarry?.(carries)
  }
}

type Operation = { readonly piece?: number; readonly from: readonly number[] }

/** What comes next follows from the carries there are: nothing else needs to be kept. */
function nextOperation<Piece, Carry>(
  { mode, pieces, next }: Fold<Piece, Carry>,
  carries: readonly Carry[],
): Operation | undefined {
  const at = carries.length
  const count = pieces.length
  if (mode === 'walk') {
    const piece = next?.(carries)
    return piece === undefined || !(piece in pieces) ? undefined : { piece, from: at > 0 ? [at - 1] : [] }
  }
  if (at < count) return { piece: at, from: mode === 'chain' && at > 0 ? [at - 1] : [] }
  return mode === 'tree' ? mergeAt(at, count) : undefined
}

/** The merge that makes carry `at` of a tree over `count` pieces: level by level, an odd one goes up as it is. */
function mergeAt(at: number, count: number): Operation | undefined {
  let level = Array.from({ length: count }, (_, index) => index)
  let made = count
  while (level.length > 1) {
    const above: number[] = []
    for (let index = 0; index < level.length; index += 2) {
      const [left, right] = [level[index], level[index + 1]]
      if (left === undefined) continue
      if (right === undefined) above.push(left)
      else {
        if (made === at) return { from: [left, right] }
        above.push(made++)
      }
    }
    level = above
  }
  return undefined
}
