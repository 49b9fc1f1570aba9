import fc from 'fast-check'
import { createDigest } from '#storage/backup/digest.ts'
import { backupTables, noCounts } from '#storage/backup/format.ts'
import { encodeLine } from '#storage/backup/line.ts'

/** A way to spoil a backup, and whether it must be noticed at this line or only somewhere. */
export type Damage = { readonly name: string; readonly apply: (text: string) => Promise<Uint8Array<ArrayBuffer>> }

const encoder = new TextEncoder()
const linesOf = (text: string) => text.split('\n').slice(0, -1)
const unlines = (lines: readonly string[]) => encoder.encode(`${lines.join('\n')}\n`)

/** The file with other rows, its numbers, check sums, counts and digest made to fit: only what the rows say is wrong. */
async function resealed(rows: readonly string[], header: string): Promise<Uint8Array<ArrayBuffer>> {
  const counts = noCounts()
  const lines = [header, ...rows].map((fields, index) => encodeLine(index + 1, fields))
  for (const row of rows) {
    const table = backupTables.find((name) => row.startsWith(`"table":"${name}"`))
    if (table) counts[table]++
  }
  const digest = createDigest()
  for (const line of lines) digest.add(line)
  const footer = encodeLine(lines.length + 1, JSON.stringify({ counts, digest: await digest.hex() }).slice(1, -1))
  return new Uint8Array(await new Blob([...lines, footer]).arrayBuffer())
}

/** What is inside a line, without its check sum and number. */
const fieldsOf = (line: string) => line.replace(/^\{"crc":"[0-9a-f]{8}","line":\d+,/, '').slice(0, -1)

const position = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const at = (length: number, where: number) => Math.floor(length * where)

const truncate = position.map(
  (where): Damage => ({
    name: `cut off at ${where}`,
    apply: async (text) => encoder.encode(text).slice(0, at(encoder.encode(text).length, where)),
  }),
)

const flip = fc.tuple(position, fc.integer({ min: 1, max: 255 })).map(
  ([where, mask]): Damage => ({
    name: `byte at ${where} xor ${mask}`,
    apply: async (text) => {
      const bytes = encoder.encode(text)
      const index = at(bytes.length, where)
      bytes[index] = (bytes[index] ?? 0) ^ mask
      return bytes
    },
  }),
)

const rearrange = fc.tuple(fc.constantFrom('swap', 'repeat', 'leave out', 'insert empty'), position, position).map(
  ([how, one, two]): Damage => ({
    name: `${how} lines at ${one} and ${two}`,
    apply: async (text) => {
      const lines = linesOf(text)
      const [a, b] = [at(lines.length, one), at(lines.length, two)]
      const [lineA, lineB] = [lines[a] ?? '', lines[b] ?? '']
      if (how === 'repeat') lines.splice(b, 0, lineA)
      else if (how === 'leave out') lines.splice(a, 1)
      else if (how === 'insert empty') lines.splice(a, 0, '')
      else {
        // Swapping a line with itself is no damage.
        const other = a === b ? (a + 1) % lines.length : b
        lines[a] = lines[other] ?? lineB
        lines[other] = lineA
      }
      return unlines(lines)
    },
  }),
)

const deep = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const message = (fields: string) =>
  `"table":"messages","row":{"id":"msg:hostile","conversationId":"conv:1","role":"user","text":"x","createdAt":1,"status":"complete"${fields}}`

/** A row like those of `hostileRows` that is to be let in: it shows that the others are refused for what they say. */
export const harmlessRow = message('')

/** Rows that are well-formed lines and must not be let in, each with why. */
export const hostileRows: readonly (readonly [row: string, why: RegExp])[] = [
  [message(',"__proto__":{"polluted":true}'), /forbidden name, __proto__/],
  [message(',"constructor":{"prototype":{"polluted":true}}'), /forbidden name, constructor/],
  [message(',"parentId":"msg:none"'), /refers to a message that the backup does not have/],
  [message(',"parentId":"msg:hostile"'), /its own ancestor/],
  [message(',"parentId":7'), /does not fit.*parentId/],
  [message(',"modelId":null'), /does not fit.*modelId/],
  [message(',"role":"system"'), /does not fit.*role/],
  [message(',"createdAt":"soon"'), /does not fit.*createdAt/],
  [message(',"createdAt":1e999'), /does not fit.*createdAt/],
  [message(`,"error":${deep(5000)}`), /nested too deeply/],
  [message(',"conversationId":"conv:none"'), /of a conversation that the backup does not have/],
  [message(',"id":"conv:1"'), /does not fit.*id/],
  [message(',"id":["msg:1"]'), /does not fit.*id/],
  [message(',"text":{"toString":"x"}'), /does not fit.*text/],
  ['"table":"__proto__","row":{}', /unknown table/],
  ['"table":"staged","row":{"id":"x"}', /unknown table/],
  ['"table":["messages"],"row":{}', /unknown table/],
  ['"table":"messages","row":null', /does not fit/],
  ['"table":"messages","row":[]', /does not fit/],
  ['"table":"messages"', /does not fit/],
  [`"table":"settings","row":{"name":"deep","value":${deep(5000)}}`, /nested too deeply/],
  ['"table":"settings","row":{"name":"x","value":{"a":{"__proto__":1}}}', /forbidden name, __proto__/],
  ['"table":"settings","row":{"name":"device:remote","value":{"on":true}}', /name|setting of one device/],
  ['"table":"ops","row":{"id":"op:9","at":1,"cause":{"type":"user"},"type":"explode"}', /does not fit/],
  ['"table":"manifests","row":{"replyId":"msg:z"}', /does not fit/],
  [
    '"table":"jobs","row":{"id":"job:1","type":"title","hash":"h","conversationId":"conv:1","createdAt":1,"attempts":0,"payload":{"a":{}}}',
    /does not fit.*payload/,
  ],
  [
    '"table":"drafts","row":{"id":"msg:z","conversationId":"conv:1","parentId":"msg:none","text":"","createdAt":1,"modelId":"m"}',
    /refers to a message that the backup does not have/,
  ],
  ['"table":"damaged","row":{"table":"users","key":"x","foundAt":1}', /does not name a damaged row/],
  ['"table":"conversations","row":{"id":"conv:9","temporary":true}', /does not fit/],
  ['"format":"longhand.backup","version":1,"madeAt":1', /unknown table/],
]

/** The rows with one more in its proper place: behind those of its table. */
export async function withRow(text: string, row: string): Promise<Uint8Array<ArrayBuffer>> {
  const [header = '', ...rest] = linesOf(text)
  const rows = rest.slice(0, -1).map(fieldsOf)
  const rank = (fields: string) => backupTables.findIndex((table) => fields.startsWith(`"table":"${table}"`))
  const own = rank(row)
  rows.splice(own < 0 ? rows.length : rows.filter((other) => rank(other) <= own).length, 0, row)
  return resealed(rows, fieldsOf(header))
}

const hostile = fc.tuple(fc.constantFrom(...hostileRows.map(([row]) => row)), position).map(
  ([row, where]): Damage => ({
    name: `hostile row ${row.slice(0, 200)} at ${where}`,
    apply: async (text) => {
      const [header = '', ...rest] = linesOf(text)
      const rows = rest.slice(0, -1).map(fieldsOf)
      rows.splice(1 + at(rows.length, where), 0, row)
      return resealed(rows, fieldsOf(header))
    },
  }),
)

const foreign = fc
  .oneof(
    fc.string({ maxLength: 200 }),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.constant(''),
  )
  .map((content): Damage => ({ name: `foreign file ${content}`, apply: async () => encoder.encode(content) }))

const version = fc.integer({ min: 2, max: 99 }).map(
  (number): Damage => ({
    name: `version ${number}`,
    apply: async (text) => {
      const [header = '', ...rest] = linesOf(text)
      return resealed(rest.slice(0, -1).map(fieldsOf), fieldsOf(header).replace('"version":1', `"version":${number}`))
    },
  }),
)

const footer = fc.constantFrom('counts', 'digest').map(
  (what): Damage => ({
    name: `false ${what}`,
    apply: async (text) => {
      const lines = linesOf(text)
      const last = fieldsOf(lines.pop() ?? '')
      const changed =
        what === 'counts' ? last.replace(/"messages":\d+/, '"messages":999') : last.replace(/"digest":"../, '"digest":"zz')
      return new Uint8Array(await new Blob([unlines(lines), encodeLine(lines.length + 1, changed)]).arrayBuffer())
    },
  }),
)

/** Any way to spoil a file. */
export const anyDamage = fc.oneof(truncate, flip, rearrange, hostile, foreign, version, footer)

/** Damage to the packed file. */
export const anyPackedDamage = fc.oneof(
  position.map((where) => (bytes: Uint8Array) => bytes.slice(0, at(bytes.length, where))),
  fc.tuple(position, fc.integer({ min: 1, max: 255 })).map(([where, mask]) => (bytes: Uint8Array) => {
    const copy = bytes.slice()
    const index = at(copy.length, where)
    copy[index] = (copy[index] ?? 0) ^ mask
    return copy
  }),
)
