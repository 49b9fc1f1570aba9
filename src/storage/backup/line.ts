import { StorageError } from '#ports/storage.ts'
import { crc32 } from '#shared/crc32.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const opening = '{"crc":"'
/** Bytes of `{"crc":"00000000",`: what follows is what the check sum is over. */
const headBytes = opening.length + 10

/** An error about a line, numbered from 1. */
export function badLine(line: number, what: string): StorageError {
  return new StorageError('bad-backup', `Line ${line} of this backup ${what}. Nothing was changed.`, line)
}

/** `fields` is JSON without its outer braces. The number is part of the line, so that lines cannot change places. */
export function encodeLine(line: number, fields: string): Uint8Array<ArrayBuffer> {
  const rest = `"line":${line},${fields}}`
  return encoder.encode(`${opening}${crc32(rest).toString(16).padStart(8, '0')}",${rest}\n`)
}

/** The object of a line, its check sum and number verified; everything else about it is unknown. */
export function decodeLine(line: number, bytes: Uint8Array): Record<string, unknown> {
  let text: string
  let value: unknown
  try {
    text = decoder.decode(bytes)
  } catch {
    throw badLine(line, 'is not text')
  }
  if (!/^\{"crc":"[0-9a-f]{8}",/.test(text)) throw badLine(line, 'is not a line of a Longhand backup')
  if (Number.parseInt(text.slice(opening.length, opening.length + 8), 16) !== crc32(bytes.subarray(headBytes)))
    throw badLine(line, 'is damaged: its check sum is wrong')
  try {
    value = JSON.parse(text)
  } catch {
    throw badLine(line, 'is not JSON')
  }
  const fields = value as Record<string, unknown>
  if (fields.line !== line) throw badLine(line, `says that it is line ${String(fields.line)}: lines are missing or out of order`)
  return fields
}
