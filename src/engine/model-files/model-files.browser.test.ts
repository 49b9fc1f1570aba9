import { md5 } from '@noble/hashes/legacy.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EngineError, type LoadProgress } from '#ports/engine.ts'
import type { ModelBuild, ModelFile } from '#ports/model.ts'
import { ensureModelFiles } from './ensure-model-files.ts'
import { findFile, keepFile } from './file-cache.ts'
import type { FileProgress } from './file-progress.ts'
import { deleteModelFiles, modelFilesStates } from './model-files-state.ts'
import { openModelFile } from './open-model-file.ts'

const hex = async (bytes: Uint8Array<ArrayBuffer>) =>
  Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('')
const bytesOf = (length: number, seed: number) => Uint8Array.from({ length }, (_, i) => (i * 7 + seed) & 255)

const contents = {
  '/test-model/a.bin': bytesOf(700_000, 1),
  '/test-model/b.bin': bytesOf(300_000, 2),
  '/test-model/lib.wasm': bytesOf(5_000, 3),
  '/test-model/model.gguf': bytesOf(9_000, 4),
}
const makeFile = async ([url, bytes]: [string, Uint8Array<ArrayBuffer>]): Promise<ModelFile> => ({
  url,
  sizeBytes: bytes.length,
  sha256: await hex(bytes),
  role: url.endsWith('.wasm') ? 'library' : 'weights',
})
const makeBuild = (files: readonly ModelFile[], more: Partial<ModelBuild> = {}): ModelBuild => ({
  downloadBytes: 0,
  weightBytes: 0,
  kvBytesPerToken: 0,
  workingBytes: 0,
  needsF16: false,
  files,
  ...more,
})

/** A network that has these files and counts what was asked of it. */
function network(files: Readonly<Record<string, Uint8Array<ArrayBuffer> | Response>>) {
  const asked: string[] = []
  const fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const path = new URL(String(input)).pathname
    asked.push(path)
    if (init?.signal?.aborted) throw new DOMException('Aborted', 'AbortError')
    const found = files[path]
    if (!found) return new Response('no', { status: 404 })
    return found instanceof Response ? found.clone() : new Response(found)
  }
  return { asked, fetch: fetch as typeof globalThis.fetch }
}

const modelFilesState = async (build: ModelBuild) => (await modelFilesStates([build]))[0]?.onDisk

describe('model files', () => {
  let build: ModelBuild
  const seen: LoadProgress[] = []
  const files: FileProgress[] = []
  const waits: number[] = []
  const ensure = (
    target: ModelBuild,
    from: { fetch: typeof fetch },
    { mayDownload = true, signal = new AbortController().signal }: { mayDownload?: boolean; signal?: AbortSignal } = {},
  ) =>
    ensureModelFiles(target, {
      mayDownload,
      signal,
      onProgress: (progress) => seen.push(progress),
      onFile: (progress) => files.push(progress),
      fetch: from.fetch,
      pause: async (ms) => void waits.push(ms),
    })
  const failure = async (work: Promise<unknown>): Promise<EngineError> => {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(error).toBeInstanceOf(EngineError)
    return error as EngineError
  }

  beforeEach(async () => {
    build = makeBuild(await Promise.all(Object.entries(contents).map(makeFile)))
    for (const list of [seen, files, waits]) list.length = 0
  })
  afterEach(() => deleteModelFiles(build))

  it('[E24] downloads once, with progress in real bytes, and then touches the network no more', async () => {
    const first = network(contents)
    await ensure(build, first)
    const total = Object.values(contents).reduce((sum, bytes) => sum + bytes.length, 0)
    expect(seen[0]).toEqual({ type: 'download', doneBytes: 0, totalBytes: total })
    expect(seen.at(-1)).toEqual({ type: 'download', doneBytes: total, totalBytes: total })
    expect(first.asked).toHaveLength(4)
    expect(await modelFilesState(build)).toBe('yes')

    const second = network({})
    for (const list of [seen, files, waits]) list.length = 0
    await ensure(build, second, { mayDownload: false })
    expect(second.asked).toEqual([])
    expect(new Set(seen.map((progress) => progress.type))).toEqual(new Set(['verify']))
    const kept = await openModelFile('/test-model/model.gguf')
    expect(new Uint8Array(await kept.arrayBuffer())).toEqual(contents['/test-model/model.gguf'])
  })

  it('[E20] finds a wrong byte in a download and does not keep the file', async () => {
    const wrong = contents['/test-model/b.bin'].slice()
    wrong[123_456] = (wrong[123_456] as number) ^ 1
    expect((await failure(ensure(build, network({ ...contents, '/test-model/b.bin': wrong })))).type).toBe('wrong-digest')
    expect(await modelFilesState(build)).toBe('partly')
    expect(await findFile({ url: '/test-model/b.bin', role: 'weights' })).toBeUndefined()
    await ensure(build, network(contents))
    expect(await modelFilesState(build)).toBe('yes')
  })

  it('[E21] finds a wrong byte in a kept file and fetches it again at once, saying so', async () => {
    await ensure(build, network(contents))
    const wrong = contents['/test-model/a.bin'].slice()
    wrong[0] = (wrong[0] as number) ^ 128
    await keepFile(build.files[0] as ModelFile, wrong)
    const again = network(contents)
    await ensure(build, again)
    expect(again.asked).toEqual(['/test-model/a.bin'])
    expect(seen.at(-1)).toMatchObject({ type: 'download', damagedFiles: 1 })
    expect(files.some(({ name, state }) => name === 'a.bin' && state.type === 'damaged')).toBe(true)
    expect(await modelFilesState(build)).toBe('yes')
  })

  it('[E21] refuses a damaged file where nothing may be downloaded, and removes it', async () => {
    await ensure(build, network(contents))
    await keepFile(build.files[0] as ModelFile, bytesOf(700_000, 9))
    const error = await failure(ensure(build, network(contents), { mayDownload: false }))
    expect(error.type).toBe('wrong-digest')
    expect(error.message).toContain('a.bin')
    expect(await modelFilesState(build)).toBe('partly')
  })

  it('[E22] goes on from the byte where a connection broke', async () => {
    const whole = contents['/test-model/a.bin']
    const ranges: (string | null)[] = []
    const fetchCut: typeof fetch = async (input, init) => {
      if (!String(input).endsWith('a.bin')) return network(contents).fetch(input, init)
      const range = new Headers(init?.headers).get('Range')
      ranges.push(range)
      const from = Number(/\d+/.exec(range ?? '')?.[0] ?? 0)
      const until = Math.min(whole.length, from + 300_000)
      const headers = { 'Content-Range': `bytes ${from}-${until - 1}/${whole.length}` }
      return new Response(whole.slice(from, until), range ? { status: 206, headers } : {})
    }
    await ensure(build, { fetch: fetchCut })
    expect(ranges).toEqual([null, 'bytes=300000-', 'bytes=600000-'])
    expect(files.filter(({ state }) => state.type === 'retrying')).toHaveLength(2)
    expect(waits).toEqual([500, 1000])
  })

  it('[E22] starts a file anew where the server cannot go on', async () => {
    let asked = 0
    const fetchCut: typeof fetch = async (input, init) => {
      if (!String(input).endsWith('a.bin')) return network(contents).fetch(input, init)
      return new Response(asked++ === 0 ? contents['/test-model/a.bin'].slice(0, 9000) : contents['/test-model/a.bin'])
    }
    await ensure(build, { fetch: fetchCut })
    expect(asked).toBe(2)
  })

  it('[E22] asks a busy server again, as late as it wants, and a source of damage three times', async () => {
    let asked = 0
    const busy: typeof fetch = async (input, init) =>
      asked++ < 2 ? new Response('busy', { status: 503, headers: { 'Retry-After': '3' } }) : network(contents).fetch(input, init)
    await ensure(makeBuild(build.files.slice(0, 1)), { fetch: busy })
    expect(waits).toEqual([3000, 3000])
    const wrong = network({ ...contents, '/test-model/b.bin': bytesOf(300_000, 77) })
    expect((await failure(ensure(build, wrong))).type).toBe('wrong-digest')
    expect(wrong.asked.filter((path) => path.endsWith('b.bin'))).toHaveLength(3)
  })

  it('[E20] checks shards by the MD5 that their list publishes, and [E21] finds damage in files that publish none', async () => {
    const hub = makeBuild([], { baseUrl: `${location.origin}/md5/resolve/main/`, libraryUrl: `${location.origin}/md5/lib.wasm` })
    const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
    const shard = bytesOf(50, 5)
    const list = { records: [{ dataPath: 'params_shard_0.bin', nbytes: 50, md5sum: bytesToHex(md5(shard)) }] }
    const files_ = {
      '/md5/resolve/main/mlc-chat-config.json': json({}),
      '/md5/resolve/main/tokenizer.json': json({ a: 1 }),
      '/md5/resolve/main/tensor-cache.json': json(list),
      '/md5/resolve/main/params_shard_0.bin': shard,
      '/md5/lib.wasm': bytesOf(20, 6),
    }
    const wrong = network({ ...files_, '/md5/resolve/main/params_shard_0.bin': bytesOf(50, 6) })
    expect((await failure(ensure(hub, wrong))).message).toContain('MD5')
    await ensure(hub, network(files_))
    const checks = new Map(files.flatMap(({ name, state }) => (state.type === 'kept' ? [[name, state.checkedBy] as const] : [])))
    expect(checks.get('params_shard_0.bin')).toBe('md5')

    // Damage on the disk: other bytes under the digest that was noted.
    const cache = await caches.open('webllm/wasm')
    const url = `${location.origin}/md5/lib.wasm`
    const kept = await cache.match(url)
    await cache.put(url, new Response(bytesOf(20, 7), { headers: kept?.headers ?? {} }))
    expect((await failure(ensure(hub, network(files_), { mayDownload: false }))).message).toContain('lib.wasm')
    await ensure(hub, network(files_))
    await deleteModelFiles(hub)
  })

  it.each([
    ['a file that the server lacks', { '/test-model/a.bin': undefined }, 'file-missing'],
    [
      'a page in place of a file',
      { '/test-model/a.bin': new Response('<html>', { headers: { 'Content-Type': 'text/html' } }) },
      'file-missing',
    ],
    ['a server in trouble', { '/test-model/a.bin': new Response('busy', { status: 503 }) }, 'download-failed'],
    ['a connection that ends early', { '/test-model/a.bin': bytesOf(1000, 1) }, 'download-failed'],
    ['a file that is too long', { '/test-model/a.bin': bytesOf(700_001, 1) }, 'wrong-digest'],
  ] as const)('says what is wrong: %s', async (_what, change, type) => {
    const files = Object.fromEntries(Object.entries({ ...contents, ...change }).filter(([, value]) => value !== undefined))
    const error = await failure(ensure(build, network(files as Record<string, Uint8Array<ArrayBuffer>>)))
    expect(error.type).toBe(type)
    expect(error.message).toContain('a.bin')
  })

  it('[E23] stops when told, keeps the files that were finished, and goes on from them', async () => {
    const stop = new AbortController()
    const slow = network(contents)
    const fetchThenStop: typeof fetch = async (...request) => {
      if (slow.asked.length === 3) stop.abort()
      return slow.fetch(...request)
    }
    expect((await failure(ensure(build, { fetch: fetchThenStop }, { signal: stop.signal }))).type).toBe('aborted')
    const before = slow.asked.length
    expect(before).toBe(4)
    const rest = network(contents)
    await ensure(build, rest)
    expect(rest.asked.length).toBeLessThan(4)
    expect(await modelFilesState(build)).toBe('yes')
  })

  it('does not go to the network when it may not', async () => {
    const none = network(contents)
    expect((await failure(ensure(build, none, { mayDownload: false }))).type).toBe('file-missing')
    expect(none.asked).toEqual([])
  })

  it('deletes all files', async () => {
    await ensure(build, network(contents))
    await deleteModelFiles(build)
    expect(await modelFilesState(build)).toBe('no')
    expect((await failure(openModelFile('/test-model/model.gguf'))).type).toBe('file-missing')
  })

  it('does not take a library for a model, and leaves it where another model uses it', async () => {
    const libraryUrl = `${location.origin}/shared/lib.wasm`
    const hub = makeBuild([], { baseUrl: `${location.origin}/one/resolve/main/`, libraryUrl })
    const other = makeBuild([], { baseUrl: `${location.origin}/two/resolve/main/`, libraryUrl })
    await keepFile({ url: libraryUrl, role: 'library' }, bytesOf(20, 6))
    await keepFile({ url: `${hub.baseUrl}tokenizer.json`, role: 'tokenizer' }, bytesOf(20, 6))
    expect(await modelFilesState(hub)).toBe('partly')
    expect(await modelFilesState(other)).toBe('no')
    await deleteModelFiles(hub, { keepLibrary: true })
    expect(await modelFilesState(hub)).toBe('no')
    expect(await findFile({ url: libraryUrl, role: 'library' })).toBeDefined()
    await deleteModelFiles(hub)
    expect(await findFile({ url: libraryUrl, role: 'library' })).toBeUndefined()
  })

  it('learns the shards of a hub model from its list', async () => {
    const baseUrl = `${location.origin}/hub/resolve/main/`
    const json = (value: unknown) => new TextEncoder().encode(JSON.stringify(value))
    const shards = { records: [{ dataPath: 'params_shard_0.bin', nbytes: 50 }] }
    const hub = makeBuild([], { baseUrl, libraryUrl: `${location.origin}/hub/lib.wasm` })
    const files = {
      '/hub/resolve/main/mlc-chat-config.json': json({}),
      '/hub/resolve/main/tokenizer.json': json({}),
      '/hub/resolve/main/tensor-cache.json': json(shards),
      '/hub/resolve/main/params_shard_0.bin': bytesOf(50, 5),
      '/hub/lib.wasm': bytesOf(20, 6),
    }
    expect(await modelFilesState(hub)).toBe('no')
    const short = network({ ...files, '/hub/resolve/main/params_shard_0.bin': bytesOf(49, 5) })
    expect((await failure(ensure(hub, short))).type).toBe('download-failed')
    expect(await modelFilesState(hub)).toBe('partly')
    await ensure(hub, network(files))
    expect(await modelFilesState(hub)).toBe('yes')
    await deleteModelFiles(hub)
    expect(await modelFilesState(hub)).toBe('no')
  })
})
