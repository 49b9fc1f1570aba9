/** Serves a build: `node tools/serve.mjs [--root=dist] [--port=4173]`. The end-to-end tests use it with the test build. */
import { createFileServer, listen } from './file-server.mjs'
import { Missing, run, say } from './terminal.mjs'

/** @param {string} name @param {string} fallback */
const option = (name, fallback) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? fallback

run(async () => {
  const wanted = Number(option('port', '4173'))
  const port = await listen(createFileServer({ root: option('root', 'dist'), models: ['.models'] }), wanted)
  if (port === undefined) throw new Missing(`Port ${wanted} is taken.`, 'Choose another one with --port=NUMBER.')
  say(`http://127.0.0.1:${port}/`)
})
