import type { Manifest } from './manifest.ts'

/**
 * The receipt as a document to keep: JSON by `manifest.schema.json`, the schema's name and version first, the prompt both in
 * parts and as the one text that it is.
 */
export function receiptJson(manifest: Manifest): string {
  const { schema: _schema, version, prompt, ...rest } = manifest
  return `${JSON.stringify({ schema: 'longhand.receipt', version, promptText: prompt.map((part) => part.text).join(''), ...rest, prompt }, null, 2)}\n`
}
