import type { Catalogue, UnofferedModel } from '#ports/model.ts'
import { builtIn } from './built-in.ts'
import { fromRecord } from './from-record.ts'
import type { HubRecord } from './hub-record.ts'
import { llamaLines } from './lines/llama-lines.ts'
import { moreLines } from './lines/more-lines.ts'
import { qwenLines } from './lines/qwen-lines.ts'
import { smollmLines } from './lines/smollm-lines.ts'
import { unofferedLines } from './lines/unoffered-lines.ts'
import records from './records.json'

/** The models that Longhand runs, in the order in which a page shows them. */
export const lines = [...qwenLines, ...llamaLines, ...moreLines, ...smollmLines]

const all: readonly HubRecord[] = records
const MIB = 1024 * 1024

/** The records of a line: `records` and a quantization. A twin differs only in its default window, which is ours to set. */
export const recordsOf = ({ records: begin }: { readonly records: string }): readonly HubRecord[] =>
  all.filter(({ id, repository }) => id.startsWith(`${begin}-q`) && repository === undefined)

const everyRecordOf = ({ records: begin }: { readonly records: string }) => all.filter(({ id }) => id.startsWith(`${begin}-q`))

function unoffered(line: (typeof unofferedLines)[number]): UnofferedModel {
  const { name, family, why } = line
  const smallest = everyRecordOf(line).toSorted((a, b) => a.vramMiB - b.vramMiB)[0]
  if (!smallest) throw new Error(`No record begins with ${line.records}.`)
  const { window } = smallest
  return { name, family, why, memoryBytes: smallest.vramMiB * MIB, ...(window === undefined ? {} : { windowTokens: window }) }
}

/** Every model offered to users, the built-in one first, and those that are not, with the reason. */
export const catalogue: Catalogue = {
  models: [builtIn, ...lines.flatMap((line) => recordsOf(line).map((record) => fromRecord(line, record)))],
  unoffered: unofferedLines.map(unoffered),
}
