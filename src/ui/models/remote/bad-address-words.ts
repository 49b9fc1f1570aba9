import type { BadAddress } from '#shared/server-address.ts'

/** What is wrong with an address, and what to write instead. */
export const badAddressWords: Readonly<Record<BadAddress, string>> = {
  'not-an-address': 'This is no address. Write it as http://name:port.',
  'not-web': 'Only http:// and https:// addresses can be reached.',
  'with-credentials': 'Leave out names, passwords and what follows a ? or #. A key has a field of its own.',
  'odd-host': 'The browser’s policy can name this host not exactly: use a name or an IPv4 address.',
  'odd-path': 'The path may hold letters, digits, dots and dashes only.',
}
