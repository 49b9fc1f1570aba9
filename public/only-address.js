// @ts-check
/*
 * Runs in remote.html before every other script: the document names the one server that it may talk to behind the `#` of its
 * address, and is held to it by a policy that is added here. The browser enforces it from then on; nothing can widen it.
 */
;(() => {
  /** As `isServerAddress` of src/shared/server-address.ts knows it: nothing that would mean more in a policy. */
  const canonical = /^https?:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?\/(?:[A-Za-z0-9._~-]+\/)*$/
  let address = ''
  try {
    address = decodeURIComponent(location.hash.slice(1))
  } catch {
    // Not an address: nothing is allowed.
  }
  // Opened by itself, and not by the chat document, it talks to nobody.
  const allowed = window.parent !== window && canonical.test(address) ? address : "'none'"
  const policy = document.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = `connect-src ${allowed}`
  document.head.append(policy)
})()
