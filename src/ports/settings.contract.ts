import { describe, expect, it } from 'vitest'
import { type StorageSetup, until, withStorage } from './storage.contract.ts'

/** What every SettingsRepository does (rule S16 of src/storage/SPEC.md). */
export function describeSettingsRepositoryContract(name: string, setup: () => Promise<StorageSetup>): void {
  describe(`SettingsRepository: ${name}`, () => {
    it(
      '[S16] keeps JSON values by name',
      withStorage(setup, async ({ settings }, { reopen }) => {
        await settings.set('theme', { dark: true, sizes: [1, null, 'x'] })
        await settings.set('gone', 1)
        await settings.set('gone', undefined)
        const again = (await reopen()).settings
        expect(await again.get('theme')).toEqual({ dark: true, sizes: [1, null, 'x'] })
        expect(await again.get('gone')).toBeUndefined()
      }),
    )

    it(
      '[S13] tells observers at once and of changes',
      withStorage(setup, async ({ settings }) => {
        const seen: unknown[] = []
        const stop = settings.observe('theme', (value) => seen.push(value))
        await until(() => seen.length === 1)
        await settings.set('theme', 'dark')
        await until(() => seen.at(-1) === 'dark')
        stop()
        await settings.set('theme', 'light')
        await settings.get('theme')
        expect(seen).toEqual([undefined, 'dark'])
      }),
    )
  })
}
