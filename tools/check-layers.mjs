/** Checks the import layers. A cruise that saw no modules, or fewer than there are, is a failure: it has shown nothing. */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { command, run, say } from './terminal.mjs'

const depcruise = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
const config = resolve('.dependency-cruiser.cjs')

/** @param {string} folder a project with `src`, `package.json` and `tsconfig.json` */
function countSources(folder) {
  return readdirSync(join(folder, 'src'), { recursive: true }).filter((name) => /\.tsx?$/.test(String(name))).length
}

/**
 * @param {string} folder the project to check
 * @returns {Promise<{ readonly modules: number, readonly problems: readonly string[] }>}
 */
export async function checkLayers(folder) {
  const { output } = await command(process.execPath, [depcruise, 'src', '--config', config, '--output-type', 'json'], {
    cwd: folder,
  })
  /** @type {any} */
  let report
  try {
    report = JSON.parse(output.slice(output.indexOf('{')))
  } catch {
    return { modules: 0, problems: [`The layers could not be read:\n${output}`] }
  }
  const sources = report.modules.filter((/** @type {any} */ module) => /^src\/.*\.tsx?$/.test(module.source))
  const problems = report.summary.violations.map(
    (/** @type {any} */ { rule, from, to, comment }) => `${rule.name}: ${from} imports ${to}${comment ? ` (${comment})` : ''}`,
  )
  for (const { source, dependencies } of sources)
    for (const { module } of dependencies)
      if (module.startsWith('../')) problems.push(`imports: ${source} imports ${module}; another folder is #folder/file.ts`)
  const expected = countSources(folder)
  if (expected === 0 || sources.length < expected)
    problems.push(`Only ${sources.length} of ${expected} modules were seen: the check has shown nothing.`)
  return { modules: sources.length, problems }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  run(async () => {
    const { modules, problems } = await checkLayers('.')
    for (const problem of problems) say(problem)
    say(`${modules} modules, ${problems.length} problems`)
    process.exitCode = problems.length === 0 ? 0 : 1
  })
