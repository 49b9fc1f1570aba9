import { commands, server } from 'vitest/browser'

/** What a campaign has done so far, kept in `.cache/campaigns/` so that it goes on where it stopped. */
export type Pieces<Row> = {
  readonly rows: Row[]
  /** Whether the time for this piece is over. */
  isOver(): boolean
  add(row: Row): Promise<void>
}

const minutes = Number(import.meta.env.VITE_MINUTES ?? 7)

/** Opens the record of a campaign. Its name holds all that its rows depend on; a fresh start is the file deleted. */
export async function inPieces<Row>(name: string): Promise<Pieces<Row>> {
  const path = `${server.config.root}/.cache/campaigns/${name}.json`
  const rows: Row[] = await commands.readFile(path).then(JSON.parse, () => [])
  const until = performance.now() + minutes * 60_000
  return {
    rows,
    isOver: () => performance.now() > until,
    async add(row) {
      rows.push(row)
      await commands.writeFile(path, JSON.stringify(rows))
    },
  }
}
