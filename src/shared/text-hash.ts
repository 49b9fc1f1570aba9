/**
 * 64 bits of a text as 16 hex digits: two multiplicative hashes with different constants, mixed at the end.
 * For telling contents apart, not against an attacker.
 */
export function textHash(text: string): string {
  let a = 0x9e3779b1
  let b = 0x85ebca77
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul((b + code) ^ (b >>> 15), 0x2c1b3c6d)
  }
  return hex(mix(a ^ Math.imul(b, 31))) + hex(mix(b ^ Math.imul(a, 17) ^ text.length))
}

function mix(value: number): number {
  let x = value
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d)
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b)
  return (x ^ (x >>> 16)) >>> 0
}

function hex(value: number): string {
  return value.toString(16).padStart(8, '0')
}
