/** A stretch of a file that is made when it is read. */
export type Piece = { readonly size: number; readonly read: () => Promise<Uint8Array<ArrayBuffer>> }

type Placed = Piece & { readonly start: number }
type Memo = { piece?: Placed; bytes?: Promise<Uint8Array<ArrayBuffer>> }
type View = { readonly from: number; readonly to: number; readonly memo: Memo }

/**
 * A Blob whose bytes are computed piece by piece as they are read, so that a large file made from a small one never exists
 * as a whole. Pieces are read mostly in order; the last one is kept. It lives in the thread that made it: it cannot be posted
 * to another.
 */
export class PiecedBlob extends Blob {
  readonly #pieces: readonly Placed[]
  readonly #from: number
  readonly #to: number
  readonly #memo: Memo

  constructor(pieces: readonly Piece[], view?: View) {
    super()
    let start = 0
    this.#pieces = pieces.map((piece) => {
      const placed = { ...piece, start }
      start += piece.size
      return placed
    })
    this.#from = view?.from ?? 0
    this.#to = view?.to ?? start
    this.#memo = view?.memo ?? {}
  }

  override get size(): number {
    return this.#to - this.#from
  }

  override slice(start = 0, end = this.size): Blob {
    const place = (at: number) => this.#from + Math.max(0, Math.min(this.size, at < 0 ? this.size + at : at))
    return new PiecedBlob(this.#pieces, { from: place(start), to: Math.max(place(start), place(end)), memo: this.#memo })
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    const whole = new Uint8Array(this.size)
    for await (const { at, bytes } of this.#read()) whole.set(bytes, at)
    return whole.buffer
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    const reading = this.#read()
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await reading.next()
        if (done) controller.close()
        // A copy: whoever reads a stream may give its buffers away.
        else controller.enqueue(value.bytes.slice())
      },
    })
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.arrayBuffer())
  }

  async *#read(): AsyncGenerator<{ at: number; bytes: Uint8Array<ArrayBuffer> }, void> {
    for (const piece of this.#pieces) {
      const from = Math.max(this.#from, piece.start)
      const to = Math.min(this.#to, piece.start + piece.size)
      if (from >= to) continue
      const bytes = await this.#bytesOf(piece)
      yield { at: from - this.#from, bytes: bytes.subarray(from - piece.start, to - piece.start) }
    }
  }

  #bytesOf(piece: Placed): Promise<Uint8Array<ArrayBuffer>> {
    if (this.#memo.piece?.start !== piece.start || !this.#memo.bytes) {
      this.#memo.piece = piece
      this.#memo.bytes = piece.read()
    }
    return this.#memo.bytes
  }
}
