import { createReadStream } from 'node:fs'
import { readFile, realpath, stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, resolve, sep } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { headersFor } from './headers.mjs'

/** @type {Readonly<Record<string, string>>} */
const contentTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const compressible = new Set(['.css', '.html', '.js', '.json', '.mjs', '.svg', '.txt', '.wasm', '.webmanifest'])

const pack = {
  br: (/** @type {Buffer} */ data) =>
    promisify(brotliCompress)(data, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: data.length },
    }),
  gzip: (/** @type {Buffer} */ data) => promisify(gzip)(data, { level: 6 }),
}

/**
 * The path of a request as plain segments, or undefined where it could leave the served folder or names a hidden file.
 * @param {string} url
 * @returns {string | undefined}
 */
export function safePath(url) {
  let path
  try {
    path = decodeURIComponent(url.split(/[?#]/)[0] ?? '')
  } catch {
    return undefined
  }
  if (!path.startsWith('/') || /[\0\\]/.test(path)) return undefined
  if (path.split('/').some((segment) => segment.startsWith('.'))) return undefined
  return path.endsWith('/') ? `${path}index.html` : path
}

/**
 * The file for a path below `root`, links followed, if it lies there.
 * @param {string} root
 * @param {string} path
 */
async function fileBelow(root, path) {
  try {
    const [folder, file] = await Promise.all([realpath(root), realpath(join(resolve(root), path))])
    const found = file.startsWith(folder + sep) ? await stat(file) : undefined
    return found?.isFile() ? { file, size: found.size, mtimeMs: found.mtimeMs } : undefined
  } catch {
    return undefined
  }
}

/**
 * Serves a build, and the files of the folders `models` below /models/, with the headers of headers.mjs on every answer.
 * Compressed answers are kept in memory. Model files go out as they are, so that their length is known to progress bars.
 * @param {{ readonly root: string, readonly models: readonly string[], readonly headers?: (path: string) => Record<string, string> }} options
 */
export function createFileServer({ root, models, headers = headersFor }) {
  /** @type {Map<string, Promise<Buffer>>} */
  const packed = new Map()

  /** @param {import('node:http').IncomingMessage} request @param {import('node:http').ServerResponse} response */
  async function answer(request, response) {
    const path = safePath(request.url ?? '/')
    for (const [name, value] of Object.entries(headers(path ?? '/'))) response.setHeader(name, value)
    if (request.method !== 'GET' && request.method !== 'HEAD') return end(405, 'Only GET and HEAD.')
    if (path === undefined) return end(400, 'No such path.')
    const isModel = path.startsWith('/models/')
    let found = await fileBelow(root, path)
    for (const folder of isModel ? models : []) found ??= await fileBelow(folder, path.slice('/models/'.length))
    if (!found) return end(404, 'Not found.')

    const { file, size, mtimeMs } = found
    const type = extname(file)
    const etag = `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"`
    response.setHeader('Content-Type', contentTypes[type] ?? 'application/octet-stream')
    response.setHeader('ETag', etag)
    // Names below /assets/ carry a hash of their content.
    response.setHeader('Cache-Control', path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    if (request.headers['if-none-match'] === etag) return response.writeHead(304).end()

    const accepted = request.headers['accept-encoding'] ?? ''
    const encoding = /\bbr\b/.test(accepted) ? 'br' : /\bgzip\b/.test(accepted) ? 'gzip' : undefined
    if (encoding && compressible.has(type) && !isModel && size > 1000) {
      const key = `${encoding}:${etag}:${file}`
      const body = packed.get(key) ?? readFile(file).then(pack[encoding])
      packed.set(key, body)
      const data = await body
      response.setHeader('Content-Encoding', encoding)
      response.setHeader('Vary', 'Accept-Encoding')
      response.setHeader('Content-Length', data.length)
      return request.method === 'HEAD' ? response.end() : response.end(data)
    }
    response.setHeader('Content-Length', size)
    if (request.method === 'HEAD') return response.end()
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response)

    /** @param {number} status @param {string} text */
    function end(status, text) {
      response.setHeader('Content-Type', 'text/plain; charset=utf-8')
      response.writeHead(status).end(`${text}\n`)
    }
  }

  return createServer((request, response) => {
    answer(request, response).catch((error) => {
      process.stderr.write(`${request.url}: ${error instanceof Error ? error.message : error}\n`)
      response.destroy()
    })
  })
}

/**
 * Listens on the loopback interface alone.
 * @param {import('node:http').Server} server
 * @param {number} port 0 for any
 * @returns {Promise<number | undefined>} the port, or undefined where it is taken
 */
export function listen(server, port) {
  return new Promise((resolve, reject) => {
    const onError = (/** @type {NodeJS.ErrnoException} */ error) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(undefined) : reject(error)
    server.once('error', onError)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', onError)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}
