import { closeSync, openSync, readdirSync, readSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

const pageBytes = 4096
const flippedBytes = 8

/** The files that the browser keeps IndexedDB in, largest first; what it could do without is left out. */
function databaseFiles(profile: string): readonly string[] {
  const root = join(profile, 'Default', 'IndexedDB')
  return readdirSync(root, { recursive: true })
    .map((name) => join(root, String(name)))
    .filter((path) => /\/\d+\.(log|ldb)$|\.(sqlite|sqlite-wal|db|db-wal)$|-wal$/.test(path) && statSync(path).size > 0)
    .sort((a, b) => statSync(b).size - statSync(a).size)
}

/** Flips eight bytes or zeroes a page of the database of a browser that does not run, as bad media do; says what it did. */
export function damageDatabase(profile: string, random: () => number): string {
  const [path] = databaseFiles(profile)
  if (path === undefined) throw new Error(`No database was found below ${profile}.`)
  const file = openSync(path, 'r+')
  const { size } = statSync(path)
  const zeroed = random() < 0.5
  const length = Math.min(size, zeroed ? pageBytes : flippedBytes)
  const at = zeroed ? Math.floor((random() * size) / pageBytes) * pageBytes : Math.floor(random() * (size - length + 1))
  const bytes = new Uint8Array(length)
  const read = readSync(file, bytes, 0, length, at)
  writeSync(file, zeroed ? new Uint8Array(read) : bytes.map((byte) => byte ^ (1 + Math.floor(random() * 255))), 0, read, at)
  closeSync(file)
  return `${zeroed ? 'zeroed' : 'flipped'} ${read} bytes at ${at} of ${size} in ${path.slice(profile.length + 1)}`
}
