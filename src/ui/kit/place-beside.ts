type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number }
type Size = { readonly width: number; readonly height: number }
export type Side = 'above' | 'below'

/**
 * Where a floating element goes: on the wanted side of its anchor where it fits, else on the other one, and never over
 * the edge of the viewport. All in CSS pixels of the viewport.
 */
export function placeBeside(
  anchor: Box,
  floating: Size,
  viewport: Size,
  wanted: { readonly side: Side; readonly align: 'start' | 'center' | 'end'; readonly gap: number },
): { readonly left: number; readonly top: number; readonly side: Side } {
  const margin = 8
  const above = anchor.top - wanted.gap - floating.height
  const below = anchor.top + anchor.height + wanted.gap
  const fitsAbove = above >= margin
  const fitsBelow = below + floating.height <= viewport.height - margin
  const side: Side =
    wanted.side === 'above' ? (fitsAbove || !fitsBelow ? 'above' : 'below') : fitsBelow || !fitsAbove ? 'below' : 'above'
  const aligned = {
    start: anchor.left,
    center: anchor.left + anchor.width / 2 - floating.width / 2,
    end: anchor.left + anchor.width - floating.width,
  }[wanted.align]
  const clamp = (value: number, size: number, room: number) => Math.max(margin, Math.min(value, room - size - margin))
  return {
    left: clamp(aligned, floating.width, viewport.width),
    top: clamp(side === 'above' ? above : below, floating.height, viewport.height),
    side,
  }
}
