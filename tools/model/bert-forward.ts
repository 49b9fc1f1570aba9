import type { SafeTensor } from './read-safetensors.ts'

type Rows = readonly Float64Array[]

/**
 * The reference that the converted embedder is checked against: BERT (Devlin et al. 2019) computed plainly from the published
 * float32 weights, and the mean of its last layer. Exact and slow.
 */
export function bertForward(
  tensors: ReadonlyMap<string, SafeTensor>,
  ids: readonly number[],
  { layers, heads, epsilon }: { readonly layers: number; readonly heads: number; readonly epsilon: number },
): Float64Array {
  const values = (name: string): Float32Array => {
    const tensor = tensors.get(name)
    if (!tensor) throw new Error(`The weights have no ${name}.`)
    return tensor.values
  }
  const width = values('embeddings.LayerNorm.weight').length

  function linear(input: Rows, name: string): Rows {
    const [weight, bias] = [values(`${name}.weight`), values(`${name}.bias`)]
    return input.map((row) =>
      Float64Array.from(bias, (start, out) => {
        let sum = start
        for (let at = 0; at < row.length; at++) sum += (row[at] as number) * (weight[out * row.length + at] as number)
        return sum
      }),
    )
  }
  function normalised(input: Rows, name: string): Rows {
    const [weight, bias] = [values(`${name}.weight`), values(`${name}.bias`)]
    return input.map((row) => {
      const mean = row.reduce((sum, value) => sum + value, 0) / row.length
      const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length
      const scale = 1 / Math.sqrt(variance + epsilon)
      return row.map((value, at) => (value - mean) * scale * (weight[at] as number) + (bias[at] as number))
    })
  }
  const added = (a: Rows, b: Rows): Rows => a.map((row, at) => row.map((value, column) => value + (b[at]?.[column] as number)))

  function attention(input: Rows, layer: string): Rows {
    const part = (name: string) => linear(input, `${layer}.attention.self.${name}`)
    const [query, key, value] = [part('query'), part('key'), part('value')]
    const size = width / heads
    return query.map((asked) => {
      const out = new Float64Array(width)
      for (let from = 0; from < width; from += size) {
        const scores = key.map((row) => {
          let sum = 0
          for (let at = from; at < from + size; at++) sum += (asked[at] as number) * (row[at] as number)
          return Math.exp(sum / Math.sqrt(size))
        })
        const total = scores.reduce((sum, score) => sum + score, 0)
        for (const [index, row] of value.entries())
          for (let at = from; at < from + size; at++)
            out[at] = (out[at] as number) + ((scores[index] as number) / total) * (row[at] as number)
      }
      return out
    })
  }

  const embedded = ids.map((id, position) =>
    Float64Array.from({ length: width }, (_, at) =>
      ['word_embeddings', 'position_embeddings', 'token_type_embeddings']
        .map((name, index) => values(`embeddings.${name}.weight`)[([id, position, 0][index] ?? 0) * width + at] as number)
        .reduce((sum, value) => sum + value, 0),
    ),
  )
  let rows = normalised(embedded, 'embeddings.LayerNorm')
  for (let number = 0; number < layers; number++) {
    const layer = `encoder.layer.${number}`
    const attended = linear(attention(rows, layer), `${layer}.attention.output.dense`)
    const between = normalised(added(attended, rows), `${layer}.attention.output.LayerNorm`)
    const wide = linear(between, `${layer}.intermediate.dense`).map((row) => row.map(gelu))
    rows = normalised(added(linear(wide, `${layer}.output.dense`), between), `${layer}.output.LayerNorm`)
  }
  return Float64Array.from({ length: width }, (_, at) => rows.reduce((sum, row) => sum + (row[at] as number), 0) / rows.length)
}

/** x·Φ(x) by its definition (Hendrycks and Gimpel 2016), the error function by Abramowitz and Stegun 7.1.26. */
function gelu(x: number): number {
  const z = Math.abs(x) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * z)
  const tail = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
  const erf = 1 - tail * Math.exp(-z * z)
  return 0.5 * x * (1 + Math.sign(x) * erf)
}
