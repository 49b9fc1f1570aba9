/**
 * JSON with sorted keys and no spaces, so that equal values have equal bytes: stored rows, their CRC and backup files all
 * use it. Absent (`undefined`) properties are left out; a number that is not finite is a bug, since JSON would lose it.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Error(`Longhand bug: ${value} cannot be stored`)
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  const parts: string[] = []
  for (const [key, part] of Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    if (part !== undefined) parts.push(`${JSON.stringify(key)}:${canonicalJson(part)}`)
  return `{${parts.join(',')}}`
}
