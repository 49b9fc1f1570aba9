import { createReadStream, statSync } from 'node:fs'
import { join, normalize } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * Serves model files that are not committed (`.models/`, filled by `npm start`) below /models/, as the server of `npm start`
 * does; in tests the fixtures too.
 */
function localModels(): Plugin {
  const roots = ['.models', ...(process.env.VITEST || process.env.LONGHAND_TEST === '1' ? ['e2e/fixtures/models'] : [])]
  return {
    name: 'local-models',
    configureServer(server) {
      server.middlewares.use('/models', (request, response, next) => {
        const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0] ?? '/'))
        for (const root of roots) {
          const file = join(root, path)
          const stat = statSync(file, { throwIfNoEntry: false })
          if (!file.startsWith(root) || !stat?.isFile()) continue
          response.setHeader('Content-Length', stat.size)
          response.setHeader('Content-Type', 'application/octet-stream')
          createReadStream(file).pipe(response)
          return
        }
        next()
      })
    },
  }
}

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
}

export default defineConfig({
  plugins: [react(), tailwindcss(), localModels()],
  // Only builds for tests hold the scripted engine: see src/app/test-services.ts.
  define: { 'import.meta.env.LONGHAND_TEST': JSON.stringify(process.env.LONGHAND_TEST === '1') },
  worker: { format: 'es' },
  // Its build for browsers asks the document to parse HTML, which the page's policy refuses: one "&amp;" in a reply would
  // take the page down. The other build has the names in a table.
  resolve: {
    alias: [
      {
        find: /^decode-named-character-reference$/,
        replacement: join(import.meta.dirname, 'node_modules/decode-named-character-reference/index.js'),
      },
    ],
  },
  server: { headers: isolation, host: '127.0.0.1' },
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 7000,
    sourcemap: false,
    // The policy allows no fonts from data addresses.
    assetsInlineLimit: 0,
    // Read by tools/check-size.mjs.
    manifest: true,
    rollupOptions: {
      // Documents with policies of their own: the chat talks to nobody, get.html to the hub and remote.html to one server, and
      // those two hold no data of the user. with-remote.html is the chat for those who allowed a server.
      input: { index: 'index.html', get: 'get.html', remote: 'remote.html', withRemote: 'with-remote.html' },
    },
  },
})
