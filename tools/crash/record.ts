import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Backend } from './browser.ts'
import type { Tally } from './ledger.ts'

const file = 'docs/reliability.md'
const heading = `# Reliability: what was measured

Each row is one run of \`npm run campaign:crash -- --record\`: the browser (SIGKILL of all its processes), its tab
(\`Page.crash\`) or the page (reload) ends at a seeded random moment while a reply streams. After each restart every
message that was ever acknowledged as saved is looked up and compared by its hash, and every draft that was saved when the
page ended must have become a message that begins with the saved text. SIGKILL leaves the operating system's cache alone:
this shows safety against crashes of page and browser, not against loss of power. In a *database damaged* (\`--damages N\`)
the browser is killed, eight bytes of its largest IndexedDB file are flipped or a page of it is zeroed, and it is started
again; *came back* counts the starts at which data had been lost and were put back from the second copy.

| date | commit | what | backend | seed | kills | tab crashes | reloads | acknowledged | lost | wrong hash | drafts at the end | recovered | torn | damaged | database damaged | came back |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
`

type Run = {
  readonly target: string
  readonly backend: Backend
  readonly seed: number
  readonly deaths: readonly string[]
  readonly tally: Tally
}

/** Adds a run to the table of results. */
export function record({ target, backend, seed, deaths, tally }: Run): void {
  const count = (death: string) => deaths.filter((each) => each === death).length
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD']).toString().trim()
  const cells = [
    new Date().toISOString().slice(0, 10),
    commit,
    target,
    backend,
    seed,
    count('kill'),
    count('crash'),
    count('reload'),
    tally.acknowledged,
    tally.lost,
    tally.wrongHash,
    tally.draftsAtDeath,
    tally.draftsRecovered,
    tally.draftsTorn,
    tally.damaged,
    count('damage'),
    tally.recoveries,
  ]
  mkdirSync(dirname(file), { recursive: true })
  const before = existsSync(file) ? readFileSync(file, 'utf8') : heading
  writeFileSync(file, `${before}| ${cells.join(' | ')} |\n`)
}
