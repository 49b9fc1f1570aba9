/**
 * The import layers of ARCHITECTURE.md, one allow-list a folder. Tests may import what they like, since they put real
 * adapters and fakes together; nothing but tests may import tests and test helpers.
 */
const core = ['chat', 'shared']
const memory = ['memory', ...core]
const context = ['context', ...memory]
const features = ['strategies', 'documents', ...context]

/** What each folder of src may import beside itself. `app` may import everything. */
const mayImport = {
  shared: [],
  chat: ['shared'],
  memory: core,
  context: memory,
  ports: context,
  engine: ['ports', ...context],
  storage: ['ports', ...context],
  strategies: context,
  documents: context,
  runtime: ['ports', ...features],
  lab: ['ports', ...features],
  ui: ['runtime', 'lab', 'ports', ...features],
}

const testing = '\\.test\\.tsx?$|\\.fixture\\.tsx?$|[-./]contract\\.ts$|/testing/'
const pure = '^src/(shared|chat|memory|context|strategies)/'

module.exports = {
  forbidden: [
    ...Object.entries(mayImport).map(([folder, allowed]) => ({
      name: `${folder}-imports`,
      comment: `src/${folder} may import ${allowed.length === 0 ? 'nothing but itself' : allowed.join(', ')}.`,
      severity: 'error',
      from: { path: `^src/${folder}/`, pathNot: testing },
      to: { path: '^(src|e2e|tools)/', pathNot: `^src/(${[folder, ...allowed].join('|')})/` },
    })),
    {
      name: 'pages-that-talk-read-no-data',
      comment: 'get.html may talk to the hub and remote.html to a server, so nothing of them may reach the storage.',
      severity: 'error',
      from: { path: '^src/app/(get/|remote/main\\.ts$)' },
      to: { path: '^src/(storage|runtime)/', reachable: true },
    },
    {
      name: 'pure-folders-use-no-packages',
      comment: 'The pure folders take everything as arguments: no packages, no Node.',
      severity: 'error',
      from: { path: pure, pathNot: testing },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'core'] },
    },
    {
      name: 'tests-are-imported-by-tests',
      severity: 'error',
      from: { path: '^src/', pathNot: testing },
      to: { path: testing, pathNot: 'node_modules' },
    },
    {
      name: 'product-uses-product-packages',
      comment: 'What ships is a dependency, not a development dependency.',
      severity: 'error',
      from: { path: '^src/', pathNot: testing },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?(url|worker|raw|worker&url)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'browser', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.css'],
    },
  },
}
