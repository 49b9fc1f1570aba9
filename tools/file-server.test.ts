import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFileServer, listen, safePath } from './file-server.mjs'

type Answer = { readonly status: number; readonly headers: Record<string, string | string[] | undefined>; readonly body: Buffer }

const folder = mkdtempSync(join(tmpdir(), 'longhand-serve-'))
const server = createFileServer({ root: join(folder, 'dist'), models: [join(folder, 'none'), join(folder, 'models')] })
let port = 0

/** Sends the path as it stands: fetch would tidy it up first. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
      .on('error', reject)
      .end()
  })
}

const script = 'export const x = 1\n'.repeat(200)

beforeAll(async () => {
  mkdirSync(join(folder, 'dist/assets'), { recursive: true })
  mkdirSync(join(folder, 'dist/models/lib'), { recursive: true })
  mkdirSync(join(folder, 'models/m'), { recursive: true })
  writeFileSync(join(folder, 'secret'), 'secret')
  writeFileSync(join(folder, 'dist/.inputs'), 'hidden')
  writeFileSync(join(folder, 'dist/index.html'), '<title>Longhand</title>')
  writeFileSync(join(folder, 'dist/get.html'), 'get')
  writeFileSync(join(folder, 'dist/assets/a-1.js'), script)
  writeFileSync(join(folder, 'dist/models/lib/lib.wasm'), Buffer.alloc(5000))
  writeFileSync(join(folder, 'models/m/weights.gguf'), Buffer.alloc(5000, 7))
  symlinkSync(join(folder, 'secret'), join(folder, 'dist/link'))
  port = (await listen(server, 0)) ?? 0
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

describe('the server of npm start', () => {
  it('sends the policy and isolation headers on every answer, errors included', async () => {
    for (const path of ['/', '/assets/a-1.js', '/models/m/weights.gguf', '/nothing', '/%']) {
      const { headers } = await get(path)
      expect(headers['content-security-policy'], path).toContain("connect-src 'self';")
      expect(headers['cross-origin-opener-policy'], path).toBe('same-origin')
      expect(headers['cross-origin-embedder-policy'], path).toBe('require-corp')
    }
  })

  it('lets the download document alone talk to the hub', async () => {
    expect((await get('/get.html')).headers['content-security-policy']).toContain("connect-src 'self' https://")
  })

  it('serves the build, and the models from both places', async () => {
    expect((await get('/')).body.toString()).toContain('Longhand')
    expect((await get('/models/lib/lib.wasm')).headers['content-type']).toBe('application/wasm')
    const weights = await get('/models/m/weights.gguf', { 'accept-encoding': 'gzip, br' })
    expect(weights.headers['content-length']).toBe('5000')
    expect(weights.headers['content-encoding']).toBeUndefined()
  })

  it('compresses scripts for those who can read it', async () => {
    const { headers, body } = await get('/assets/a-1.js', { 'accept-encoding': 'gzip' })
    expect(headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(body).toString()).toBe(script)
    expect((await get('/assets/a-1.js')).body.toString()).toBe(script)
  })

  it('answers 304 to a known tag, 405 to other methods, and HEAD without a body', async () => {
    const { headers } = await get('/assets/a-1.js')
    expect(headers['cache-control']).toContain('immutable')
    expect((await get('/assets/a-1.js', { 'if-none-match': String(headers.etag) })).status).toBe(304)
    expect((await get('/', {}, 'POST')).status).toBe(405)
    expect((await get('/assets/a-1.js', {}, 'HEAD')).body.length).toBe(0)
  })

  it('leaves its folders by no path', async () => {
    const paths = [
      '/../secret',
      '/%2e%2e/secret',
      '/..%2fsecret',
      '/assets/..%2f..%2fsecret',
      '/models/../../secret',
      '/models/..%2f..%2fsecret',
      '/..%5csecret',
      '/.inputs',
      '//secret',
      '/link',
      '/index.html%00.js',
      '/assets',
      `/${folder}/secret`,
      'secret',
    ]
    for (const path of paths) {
      const { status, body } = await get(path)
      expect([400, 404], path).toContain(status)
      expect(body.toString(), path).not.toMatch(/secret|hidden/)
    }
  })

  it('says when a port is taken', async () => {
    expect(await listen(createFileServer({ root: folder, models: [folder] }), port)).toBeUndefined()
  })

  it('knows the index of a folder', () => {
    expect(safePath('/?engine=scripted#x')).toBe('/index.html')
    expect(safePath('/a/b%20c.js')).toBe('/a/b c.js')
  })
})
