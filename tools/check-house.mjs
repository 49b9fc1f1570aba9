/** Checks the rules of the house that no linter knows: file length and names, and what the pure folders may not touch. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { run, say } from './terminal.mjs'

const longest = 300
const pure = /^src\/(shared|chat|memory|context|strategies)\//
const forbiddenInPure =
  /\b(Date\.now|Math\.random|performance\.now|crypto\.(randomUUID|getRandomValues)|fetch|setTimeout|setInterval)\s*\(|\bnew Date\(\)/
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9-]+)*\.(ts|tsx|mjs)$/
const isTest = /\.test\.tsx?$|\.fixture\.tsx?$|[-./]contract\.ts$|\/testing\//

/**
 * What is wrong with one source file.
 * @param {string} path with forward slashes, from the project's folder
 * @param {string} text
 * @returns {readonly string[]}
 */
export function problemsOf(path, text) {
  const problems = []
  const lines = text.split('\n')
  if (lines.length > longest + 1) problems.push(`${path}: ${lines.length - 1} lines, at most ${longest}`)
  const name = basename(path)
  const component = /^([A-Z][A-Za-z0-9]*)\.tsx$/.exec(name)?.[1]
  if (component && !new RegExp(`export (function|const|class) ${component}\\b`).test(text))
    problems.push(`${path}: PascalCase.tsx holds the component of its name`)
  if (!component && path.endsWith('.tsx') && !kebab.test(name) && !/\.test\.tsx$/.test(name))
    problems.push(`${path}: components are named PascalCase.tsx, everything else kebab-case`)
  if (/\.(ts|mjs)$/.test(path) && !kebab.test(name)) problems.push(`${path}: modules are named kebab-case.ts`)
  if (pure.test(path) && !isTest.test(path))
    lines.forEach((line, index) => {
      const found = forbiddenInPure.exec(line)
      if (found && !/^\s*(\*|\/\/)/.test(line))
        problems.push(`${path}:${index + 1}: pure code takes time and chance as arguments, no ${found[0]}`)
    })
  return problems
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  run(async () => {
    const files = ['src', 'e2e', 'tools'].flatMap((folder) =>
      readdirSync(folder, { recursive: true })
        .map((name) => join(folder, String(name)).replaceAll('\\', '/'))
        .filter((path) => /\.(ts|tsx|mjs)$/.test(path)),
    )
    const problems = files.flatMap((path) => problemsOf(path, readFileSync(path, 'utf8')))
    if (files.length === 0) problems.push('No file was seen: the check has shown nothing.')
    for (const problem of problems) say(problem)
    say(`${files.length} files, ${problems.length} problems`)
    process.exitCode = problems.length === 0 ? 0 : 1
  })
