import { expect, it } from 'vitest'
import { type DroppedEntry, filesOf } from './dropped-files.ts'

const file = (name: string): DroppedEntry => ({ isFile: true, file: (found) => found(new File(['x'], name)) })
/** Tells its entries two at a time, as browsers tell a hundred. */
const folder = (...entries: DroppedEntry[]): DroppedEntry => ({
  isFile: false,
  createReader() {
    const left = [...entries]
    return { readEntries: (found) => found(left.splice(0, 2)) }
  },
})

it('[E25] takes the files of a dropped folder, however deep, and those beside it', async () => {
  const dropped = [folder(file('a.json'), folder(file('deep.bin')), file('b.bin'), file('c.bin')), file('beside.wasm')]
  const names = (await filesOf(dropped)).map(({ name }) => name)
  expect(names.sort()).toEqual(['a.json', 'b.bin', 'beside.wasm', 'c.bin', 'deep.bin'])
})

it('says when a file cannot be read', async () => {
  const gone: DroppedEntry = { isFile: true, file: (_found, failed) => failed(new Error('gone')) }
  await expect(filesOf([folder(gone)])).rejects.toThrow('gone')
})
