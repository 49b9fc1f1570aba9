/** Why something that was typed is no address of a server. */
export type BadAddress = 'not-an-address' | 'not-web' | 'with-credentials' | 'odd-host' | 'odd-path'

/** What a policy can name: a host of letters, digits, dots and dashes, with a path of plain characters that ends in a slash. */
const canonical = /^https?:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?\/(?:[A-Za-z0-9._~-]+\/)*$/

/**
 * The address of a server as it is stored, shown and allowed: scheme, host, port and the path below which all requests go,
 * with a slash at its end. People copy it with or without `/v1`, which is not part of it.
 */
export function parseServerAddress(typed: string): { readonly address: string } | { readonly bad: BadAddress } {
  const text = typed.trim()
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined
  if (!url || text === '') return { bad: 'not-an-address' }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return { bad: 'not-web' }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return { bad: 'with-credentials' }
  const path = url.pathname.replace(/\/+$/, '').replace(/\/v1$/, '')
  const address = `${url.origin}${path}/`
  if (canonical.test(address)) return { address }
  return { bad: canonical.test(`${url.origin}/`) ? 'odd-path' : 'odd-host' }
}

/** Whether a text is an address in the form that `parseServerAddress` gives. */
export const isServerAddress = (text: string): boolean => canonical.test(text)
