import { describe, expect, it } from 'vitest'
import { catalogue, lines, recordsOf } from './catalogue.ts'
import type { HubRecord } from './hub-record.ts'
import { unofferedLines } from './lines/unoffered-lines.ts'
import { quantizationOf } from './quantization.ts'
import records from './records.json'
import { tinyModel } from './tiny-model.ts'

const { models } = catalogue
const packageRecords: readonly HubRecord[] = records
const MIB = 1024 * 1024
const find = (id: string) => models.find((model) => model.id === id)

describe('the catalogue', () => {
  it('[E1] has every record of the package exactly once, offered or not', () => {
    const begins = [...lines, ...unofferedLines].map((line) => line.records)
    for (const { id } of packageRecords) expect(begins.filter((begin) => id.startsWith(`${begin}-q`)).length, id).toBe(1)
    for (const begin of begins)
      expect(
        packageRecords.some(({ id }) => id.startsWith(`${begin}-q`)),
        begin,
      ).toBe(true)
    const twins = packageRecords.filter(({ repository }) => repository !== undefined)
    const offered = models.filter((model) => model.source === 'hub')
    const notOffered = packageRecords.filter(({ id }) => unofferedLines.some((line) => id.startsWith(`${line.records}-q`)))
    const offeredTwins = twins.filter(({ id }) => !notOffered.some((record) => record.id === id))
    expect(offered.length + offeredTwins.length + notOffered.length).toBe(packageRecords.length)
    for (const twin of offeredTwins) expect(find(twin.repository ?? ''), twin.id).toBeDefined()
  })

  it('[E3] begins with the built-in model and does not offer the fixture', () => {
    expect(models[0]?.id).toBe('smollm2-135m')
    expect(models.filter((model) => model.source === 'built-in')).toHaveLength(1)
    expect(models.map((model) => model.id)).not.toContain(tinyModel.id)
    expect(new Set(models.map((model) => model.id)).size).toBe(models.length)
  })

  it('[E3] names size and digest of every file of the built-in model, on both engines', () => {
    const { webllm, wllama } = models[0]?.builds ?? {}
    for (const build of [webllm, wllama]) {
      expect(build?.files.length).toBeGreaterThan(1)
      for (const file of build?.files ?? []) expect(file.sha256, file.url).toMatch(/^[0-9a-f]{64}$/)
      expect(build?.downloadBytes).toBe(build?.files.reduce((sum, file) => sum + file.sizeBytes, 0))
    }
  })

  it.each(models.map((model) => [model.id, model] as const))('[E4] %s is complete', (_id, model) => {
    expect(model.template.stop.length).toBeGreaterThan(0)
    for (const text of model.template.stop) expect(model.template.controlTokens).toContain(text)
    expect(model.defaultWindow).toBeLessThanOrEqual(model.contextLength)
    const { webllm } = model.builds
    expect(webllm?.baseUrl).toMatch(/\/resolve\/main\/$/)
    expect(webllm?.libraryUrl).toMatch(/\.wasm$/)
    expect(webllm?.kvBytesPerToken).toBeGreaterThan(0)
    expect(webllm?.workingBytes).toBeGreaterThan(0)
  })

  it('lets only models of about a billion parameters and more write memory', () => {
    for (const model of models) expect(model.writesMemory, model.id).toBe(model.parameters > 0.9e9)
  })
})

/** Room for activations that a record leaves beside weights and window, in bytes. */
function rest(id: string): number {
  const record = packageRecords.find((one) => one.id === id)
  const build = find(id)?.builds.webllm
  if (!record || !build) throw new Error(`${id} is not in the catalogue.`)
  return record.vramMiB * MIB - (record.window ?? 0) * build.kvBytesPerToken - build.weightBytes
}

/** Records that name less than weights and window take together by any arithmetic. */
const tooSmall = [
  'Llama-3.1-70B-Instruct-q3f16_1-MLC',
  'Llama-3-70B-Instruct-q3f16_1-MLC',
  'Hermes-3-Llama-3.1-8B-q4f32_1-MLC',
  'Hermes-2-Pro-Mistral-7B-q4f16_1-MLC',
]

describe('dimensions and the package’s own figures', () => {
  it('[E5] leave room for activations', () => {
    const short = models.filter((model) => model.source === 'hub' && rest(model.id) < 0).map(({ id }) => id)
    expect(short.toSorted()).toEqual(tooSmall.toSorted())
  })

  it('[E5] agree on that room whatever the weights are stored in', () => {
    let compared = 0
    for (const line of lines.filter(({ shape }) => !('parameters' in shape))) {
      const ids = recordsOf(line).map(({ id }) => id)
      for (const bytes of [2, 4]) {
        const alike = ids.filter((id) => quantizationOf(/-(q\d[a-z0-9_]*)-MLC/.exec(id)?.[1] ?? '').valueBytes === bytes)
        const rests = alike.map(rest)
        if (rests.length < 2) continue
        compared++
        expect(Math.max(...rests) - Math.min(...rests), `${line.name}, ${bytes} bytes`).toBeLessThan(5 * MIB)
      }
    }
    expect(compared).toBeGreaterThanOrEqual(11)
  })

  it('[E6] agree on the largest buffer where the package names one', () => {
    const named = packageRecords.filter(({ id, bufferBytes }) => bufferBytes !== undefined && find(id))
    expect(named.length).toBeGreaterThan(1)
    for (const { id, bufferBytes } of named) expect(find(id)?.builds.webllm?.largestBufferBytes, id).toBe(bufferBytes)
  })

  it('[E7] are marked where they are estimates', () => {
    const marked = models.filter((model) => model.builds.webllm?.estimated).map(({ family }) => family)
    expect([...new Set(marked)]).toEqual(['Qwen3.5'])
  })
})
