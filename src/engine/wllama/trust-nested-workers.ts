import { trustWorkerUrls } from '#engine/trusted-worker-urls.ts'

/** The same rule as `trustWorkerUrls`, as a program's beginning. */
const prologue = `
if (self.trustedTypes && !self.trustedTypes.defaultPolicy)
  self.trustedTypes.createPolicy('default', {
    createScriptURL(url) {
      if (url.startsWith('blob:' + self.origin + '/')) return url
      throw new TypeError('A worker from ' + url + ' is not allowed.')
    },
  });
`

/**
 * wllama starts its worker from a string in a blob, and that worker starts one for every thread. A blob's worker inherits
 * the policy of its maker, so it too needs a rule for worker addresses, and there is no other place to put one than the
 * program itself: from here on every script blob made in this worker begins with it. Call it once, in our own worker only.
 */
export function trustNestedWorkers(): void {
  trustWorkerUrls()
  const makeUrl = URL.createObjectURL.bind(URL)
  URL.createObjectURL = (object) =>
    makeUrl(
      object instanceof Blob && object.type === 'text/javascript' ? new Blob([prologue, object], { type: object.type }) : object,
    )
}
