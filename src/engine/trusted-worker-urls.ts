/** What the page's policy `require-trusted-types-for 'script'` asks for; TypeScript 6 knows no Trusted Types yet. */
type PolicyFactory = {
  readonly defaultPolicy: object | null
  createPolicy(name: string, rules: { createScriptURL: (url: string) => string }): object
}

/**
 * Lets the thread that calls it start workers from its own origin and from blobs it made, and from nowhere else, where the
 * document's policy requires Trusted Types. It is the `default` policy, the only one that the policy header allows: scripts
 * and markup from strings stay forbidden. Call it before the first worker is made, in the page and in every worker that
 * makes workers; a second call changes nothing.
 */
export function trustWorkerUrls(): void {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
  if (!factory || factory.defaultPolicy) return
  factory.createPolicy('default', {
    createScriptURL(url) {
      // A blob address carries the origin of the page that made it.
      if (new URL(url, globalThis.location.href).origin === globalThis.location.origin) return url
      throw new TypeError(`A worker from ${url} is not allowed.`)
    },
  })
}
