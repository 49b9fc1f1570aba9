import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Results of a campaign that is run in pieces, one JSON value a line, so that it goes on where it stopped. */
export type JsonLines<T> = { readonly read: () => readonly T[]; readonly add: (value: T) => void }

/** `.cache/campaigns/NAME.jsonl`; who deletes the file begins anew. */
export function jsonLines<T>(name: string): JsonLines<T> {
  const file = `.cache/campaigns/${name}.jsonl`
  return {
    read: () =>
      existsSync(file)
        ? readFileSync(file, 'utf8')
            .split('\n')
            .filter((line) => line !== '')
            .map((line) => JSON.parse(line) as T)
        : [],
    add(value) {
      mkdirSync(dirname(file), { recursive: true })
      appendFileSync(file, `${JSON.stringify(value)}\n`)
    },
  }
}
