/**
 * Compiles the model libraries from nothing: `npm run model:compile [-- NAME…] [-- --install] [-- --no-check]`.
 * Needs Python 3 with venv, emscripten and a Chromium. Works in `.cache/model-compiler`; with `--install` the results
 * take the place of the committed ones. See README.md beside this file.
 */
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { command, Missing, run, say, seconds } from '../terminal.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const tsx = join('node_modules', '.bin', 'tsx')
const work = '.cache/model-compiler'
const python = join(work, 'venv', 'bin', 'python')
const compiler = 'apache-tvm==0.27.0.post1'

type Target = { readonly name: string; readonly weights: string; readonly home: string; readonly embeds?: true }
const targets: readonly Target[] = [
  { name: 'tiny', weights: join(work, 'tiny.gguf'), home: 'e2e/fixtures/models/tiny' },
  {
    name: 'tiny-embedder',
    weights: join(work, 'tiny-embedder-source', 'model.safetensors'),
    home: 'e2e/fixtures/models/tiny-embedder',
    embeds: true,
  },
  { name: 'smollm2-135m', weights: '.models/smollm2-135m/model.gguf', home: 'public/models/smollm2-135m' },
]

async function step(what: string, program: string, args: readonly string[]): Promise<string> {
  const since = performance.now()
  const { code, output } = await command(program, args, { env: { PYTHONDONTWRITEBYTECODE: '1' } })
  if (code !== 0) throw new Missing(`${what} failed with code ${code}.`, output.split('\n').slice(-25).join('\n  '))
  say(`${what}: ${seconds(since)}`)
  return output
}

async function prepare(): Promise<void> {
  if ((await command('emcc', ['--version'])).code !== 0)
    throw new Missing('emscripten (emcc) was not found.', 'Install it, on Debian with: apt-get install emscripten')
  mkdirSync(work, { recursive: true })
  if (!existsSync(python)) await step('Python environment', 'python3', ['-m', 'venv', join(work, 'venv')])
  const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check']
  await step('TVM', python, [...pip, '--no-deps', compiler])
  await step('Other Python packages', python, [...pip, '-r', join(here, 'requirements.txt')])
  await step('Runtime', join(here, 'runtime', 'build.sh'), [python, join(work, 'runtime')])
}

async function compile({ name, weights, home, embeds }: Target): Promise<void> {
  if (name === 'tiny') await step('tiny: seeded weights', python, [join(here, 'make_tiny.py'), weights])
  if (embeds) await step(`${name}: seeded weights`, python, [join(here, 'make_tiny_embedder.py'), dirname(weights)])
  if (!existsSync(weights)) throw new Missing(`${weights} is missing.`, 'Get it with: npx tsx tools/model/get-built-in.ts')
  const out = join(work, name)
  const converter = embeds
    ? ['tools/model/convert-embedder.ts', name, weights, join(dirname(weights), 'tokenizer.json')]
    : ['tools/model/convert.ts', name, weights]
  await step(`${name}: conversion`, tsx, [...converter, join(out, 'resolve/main')])
  const library = join(out, 'lib.wasm')
  await step(`${name}: library`, python, [join(here, 'build.py'), name, join(work, 'runtime'), library])
  const bytes = readFileSync(library)
  const digest = createHash('sha256').update(bytes).digest('hex')
  const before = join(home, 'lib.wasm')
  const committed = existsSync(before) ? createHash('sha256').update(readFileSync(before)).digest('hex') : 'none'
  say(`${name}: lib.wasm has ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} packed, SHA-256 ${digest}`)
  say(
    `${name}: ${digest === committed ? 'the same, byte for byte, as the committed one' : `the committed one has SHA-256 ${committed}`}`,
  )
}

function install({ name, home }: Target): void {
  const from = join(work, name)
  const bytes = readFileSync(join(from, 'lib.wasm'))
  mkdirSync(join(home, 'resolve/main'), { recursive: true })
  copyFileSync(join(from, 'lib.wasm'), join(home, 'lib.wasm'))
  for (const text of ['LICENSE', 'NOTICE']) copyFileSync(join(work, 'runtime', text), join(home, text))
  if (name.startsWith('tiny'))
    for (const file of ['mlc-chat-config.json', 'params_shard_0.bin', 'tensor-cache.json', 'tokenizer.json'])
      copyFileSync(join(from, 'resolve/main', file), join(home, 'resolve/main', file))
  const provenance = join(home, 'provenance.json')
  if (existsSync(provenance)) {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const known: object = JSON.parse(readFileSync(provenance, 'utf8'))
    writeFileSync(provenance, `${JSON.stringify({ ...known, sizeBytes: bytes.length, sha256 }, null, 2)}\n`)
  }
  say(`${name}: installed in ${home}; put the new sizes and digests into src/engine/catalogue.`)
}

void run(async () => {
  const words = process.argv.slice(2)
  const names = words.filter((word) => !word.startsWith('--'))
  const chosen = targets.filter((target) => names.length === 0 || names.includes(target.name))
  if (chosen.length === 0)
    throw new Missing(`There is no model ${names.join(', ')}.`, `Known: ${targets.map((t) => t.name).join(', ')}`)
  await prepare()
  for (const target of chosen) await compile(target)
  if (!words.includes('--no-check'))
    for (const { name, weights, embeds } of chosen) {
      const check = join(here, embeds ? 'check_embedder.py' : 'check.py')
      const { code } = await command(python, [check, name, weights, work], { show: true })
      if (code !== 0) throw new Missing(`${name} differs from the reference.`, 'The lines above tell where.')
    }
  if (words.includes('--install')) for (const target of chosen) install(target)
})
