import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { problemsOf } from './check-house.mjs'
import { checkLayers } from './check-layers.mjs'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

function project(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'longhand-layers-'))
  folders.push(folder)
  const all = {
    'package.json': '{ "name": "p", "type": "module", "imports": { "#*": "./src/*" } }',
    'tsconfig.json':
      '{ "compilerOptions": { "module": "ESNext", "moduleResolution": "Bundler", "allowImportingTsExtensions": true, "noEmit": true } }',
    ...files,
  }
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

const value = 'export const value = 1\n'

describe.concurrent('the check of import layers', { timeout: 60_000 }, () => {
  it('passes imports that go the right way', async () => {
    const folder = project({
      'src/shared/a.ts': value,
      'src/chat/b.ts': "export { value } from '#shared/a.ts'\n",
      'src/storage/c.ts': "import { value } from '#chat/b.ts'\nexport const two = value\n",
    })
    expect(await checkLayers(folder)).toEqual({ modules: 3, problems: [] })
  })

  it('finds wrong ways, packages in pure code, cycles, parent paths and tests that are imported', async () => {
    const folder = project({
      'src/storage/a.ts': 'export type Row = 1\n',
      'src/chat/a.ts': "import type { Row } from '#storage/a.ts'\nexport const row: Row = 1\n",
      'src/memory/a.ts': "import { readFileSync } from 'node:fs'\nexport const read = readFileSync\n",
      'src/chat/b.ts': "import { c } from './c.ts'\nexport const b = () => c\n",
      'src/chat/c.ts': "import { b } from './b.ts'\nexport const c = () => b\n",
      'src/chat/deep/d.ts': "import { b } from '../b.ts'\nexport const d = b\n",
      'src/shared/e.test.ts': value,
      'src/shared/f.ts': "export { value } from './e.test.ts'\n",
    })
    const text = (await checkLayers(folder)).problems.join('\n')
    for (const found of [
      'chat-imports: src/chat/a.ts imports src/storage/a.ts',
      'pure-folders-use-no-packages: src/memory/a.ts',
      'no-cycles',
      'imports: src/chat/deep/d.ts',
      'tests-are-imported-by-tests: src/shared/f.ts',
    ])
      expect(text).toContain(found)
  })

  it('fails when it sees no modules', async () => {
    const { modules, problems } = await checkLayers(project({ 'src/readme.md': 'nothing' }))
    expect(modules).toBe(0)
    expect(problems.length).toBeGreaterThan(0)
  })
})

describe('the check of house rules', () => {
  it('finds long files, wrong names and impure code', () => {
    expect(problemsOf('src/chat/a.ts', `${'x\n'.repeat(300)}`)).toEqual([])
    expect(problemsOf('src/chat/a.ts', `${'x\n'.repeat(301)}`)).toHaveLength(1)
    expect(problemsOf('src/chat/camelCase.ts', '')).toHaveLength(1)
    expect(problemsOf('src/ui/kit/Button.tsx', 'export function Button() {}')).toEqual([])
    expect(problemsOf('src/ui/kit/Button.tsx', 'export function Other() {}')).toHaveLength(1)
    expect(problemsOf('src/ui/kit/aButton.tsx', '')).toHaveLength(1)
    expect(problemsOf('src/memory/a.ts', 'const at = Date.now()')).toHaveLength(1)
    expect(problemsOf('src/runtime/a.ts', 'const at = Date.now()')).toEqual([])
  })
})
