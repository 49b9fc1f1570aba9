/** MD5 of RFC 1321, fed piece by piece. It guards against accidents in a download, not against people. */
export type Md5 = {
  readonly update: (bytes: Uint8Array) => void
  /** Lower-case hex of all that was fed; the digest takes nothing more after it. */
  readonly digest: () => string
}

/** Bits by which each of the 64 steps rotates: four a round, in turn. */
const turns = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21]
/** Floor of 2^32 times the sine of the step, as section 3.4 defines the table. */
const sines = Int32Array.from({ length: 64 }, (_, step) => Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32) | 0)
const BLOCK = 64

export function createMd5(): Md5 {
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
  const words = new Int32Array(16)
  const block = new Uint8Array(BLOCK)
  let held = 0
  let length = 0

  function update(bytes: Uint8Array): void {
    length += bytes.length
    let at = 0
    while (at < bytes.length) {
      const taken = Math.min(BLOCK - held, bytes.length - at)
      block.set(bytes.subarray(at, at + taken), held)
      held += taken
      at += taken
      if (held < BLOCK) return
      mix(state, words, block)
      held = 0
    }
  }

  return {
    update,
    digest() {
      const bits = length * 8
      const padding = new Uint8Array((held < 56 ? 56 : 120) - held)
      padding[0] = 0x80
      update(padding)
      const size = new DataView(new ArrayBuffer(8))
      size.setUint32(0, bits % 2 ** 32, true)
      size.setUint32(4, Math.floor(bits / 2 ** 32), true)
      update(new Uint8Array(size.buffer))
      const out = new DataView(new ArrayBuffer(16))
      state.forEach((word, index) => {
        out.setInt32(index * 4, word, true)
      })
      return Array.from(new Uint8Array(out.buffer), (byte) => byte.toString(16).padStart(2, '0')).join('')
    },
  }
}

function mix(state: Int32Array, words: Int32Array, block: Uint8Array): void {
  const view = new DataView(block.buffer)
  for (let index = 0; index < 16; index++) words[index] = view.getInt32(index * 4, true)
  let [a = 0, b = 0, c = 0, d = 0] = state
  for (let step = 0; step < 64; step++) {
    const round = step >> 4
    const chosen = round === 0 ? (b & c) | (~b & d) : round === 1 ? (b & d) | (c & ~d) : round === 2 ? b ^ c ^ d : c ^ (b | ~d)
    const word = round === 0 ? step : round === 1 ? (5 * step + 1) & 15 : round === 2 ? (3 * step + 5) & 15 : (7 * step) & 15
    const sum = (a + chosen + (sines[step] as number) + (words[word] as number)) | 0
    const turn = turns[round * 4 + (step & 3)] as number
    a = d
    d = c
    c = b
    b = (b + ((sum << turn) | (sum >>> (32 - turn)))) | 0
  }
  state[0] = ((state[0] as number) + a) | 0
  state[1] = ((state[1] as number) + b) | 0
  state[2] = ((state[2] as number) + c) | 0
  state[3] = ((state[3] as number) + d) | 0
}
