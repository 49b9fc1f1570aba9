import { expect, test } from 'vitest'
import { placeBeside } from './place-beside.ts'

const viewport = { width: 400, height: 300 }
const floating = { width: 100, height: 50 }

test('takes the wanted side where there is room, else the other', () => {
  const wanted = { side: 'above', align: 'center', gap: 4 } as const
  expect(placeBeside({ left: 150, top: 200, width: 20, height: 20 }, floating, viewport, wanted)).toEqual({
    left: 110,
    top: 146,
    side: 'above',
  })
  expect(placeBeside({ left: 150, top: 20, width: 20, height: 20 }, floating, viewport, wanted)).toEqual({
    left: 110,
    top: 44,
    side: 'below',
  })
})

test('stays inside the viewport', () => {
  const placed = placeBeside({ left: 390, top: 290, width: 10, height: 10 }, floating, viewport, {
    side: 'below',
    align: 'start',
    gap: 4,
  })
  expect(placed).toEqual({ left: 292, top: 236, side: 'above' })
})
