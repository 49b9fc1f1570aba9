import { expect, it } from 'vitest'
import { catalogue } from '../../src/engine/catalogue/catalogue.ts'
import records from '../../src/engine/catalogue/records.json'
import { libraryBase, prebuiltRecords } from './prebuilt-records.ts'

it('[E2] records.json is the list of the installed package; `npm run catalogue:write` writes it anew', () => {
  expect(records).toEqual(prebuiltRecords())
  expect(records.length).toBe(165)
})

it('[E2] libraries come from where the package takes them', () => {
  let compared = 0
  for (const { id, library } of prebuiltRecords()) {
    const model = catalogue.models.find((one) => one.id === id)
    if (!model) continue
    compared++
    expect(model.builds.webllm?.libraryUrl).toBe(libraryBase + library)
  }
  expect(compared).toBe(catalogue.models.length - 1)
})
