/** What web-llm says of one model: a row of records.json, which `npm run catalogue:write` makes from the package. */
export type HubRecord = {
  readonly id: string
  /** Folder of the weights at the hub, where it is not named like the record. */
  readonly repository?: string
  /** File name of the library. */
  readonly library: string
  /** Memory for weights, activations and the window named here, in units of 2^20 bytes. */
  readonly vramMiB: number
  /** Window in tokens that the package sets; absent for embedders. */
  readonly window?: number
  /** Whether the record itself asks for half precision. */
  readonly f16?: boolean
  /** Largest buffer the record asks for. */
  readonly bufferBytes?: number
}
