type Numbers =
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>

/** The array itself, or a copy of at least twice its size when `length` does not fit. */
export function roomFor<Type extends Numbers>(array: Type, length: number): Type {
  if (length <= array.length) return array
  const Make = array.constructor as new (length: number) => Type
  const grown = new Make(Math.max(length, array.length * 2, 64))
  grown.set(array)
  return grown
}
