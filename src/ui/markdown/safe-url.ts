const allowed = new Set(['http:', 'https:', 'mailto:'])

/** The address when a click may lead there, else undefined: only absolute http, https and mailto addresses are links. */
export function safeUrl(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  return allowed.has(url.protocol) ? url.href : undefined
}

/** What a person should look at in an address: its host, or the whole of it where there is none. */
export function hostOf(address: string): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  return url.host || url.protocol.replace(':', '')
}
