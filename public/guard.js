// @ts-check
/*
 * Runs before every other script of a page. The Content-Security-Policy keeps scripts, images, connections and forms at
 * home; what it cannot close is closed here: navigation to another site, new windows, WebRTC, frames with fresh globals,
 * and script addresses made at run time. Nothing is exported but one function, handed once to whoever asks first.
 */
;(() => {
  /** @param {string | URL} url */
  const isOurs = (url) => {
    try {
      return new URL(url, document.baseURI).origin === location.origin
    } catch {
      return false
    }
  }

  // Workers may be started from our own files, and from blobs, which inherit the page's policy. No HTML, no script text.
  const types = /** @type {any} */ (window).trustedTypes
  types?.createPolicy('default', {
    createScriptURL: (/** @type {string} */ url) => (isOurs(url) ? url : null),
  })

  // Cancels links, location, meta refresh and the like when they lead to another site.
  const navigation = /** @type {any} */ (window).navigation
  navigation?.addEventListener('navigate', (/** @type {any} */ event) => {
    if (!isOurs(event.destination.url)) event.preventDefault()
  })

  // Links that open elsewhere do not navigate this page, so the navigation event does not see them.
  const refuseLink = (/** @type {Event} */ event) => {
    for (const target of event.composedPath()) {
      if (!(target instanceof Element) || !/^(a|area)$/i.test(target.localName)) continue
      const href = target.getAttribute('href') ?? target.getAttributeNS('http://www.w3.org/1999/xlink', 'href')
      if (href !== null && !isOurs(href)) event.preventDefault()
    }
  }
  addEventListener('click', refuseLink, true)
  addEventListener('auxclick', refuseLink, true)

  // The policy forbids sending forms, but a form for a new window opens a connection before it is refused.
  HTMLFormElement.prototype.submit = () => {}
  addEventListener(
    'submit',
    (event) => {
      const form = /** @type {HTMLFormElement} */ (event.target)
      const address = event.submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? ''
      if (!isOurs(address)) event.preventDefault()
    },
    true,
  )

  // A window that is given back would be a way into documents with other policies: pages of ours open too, but unreachable.
  const openWindow = window.open.bind(window)
  window.open = (url) => (url !== undefined && isOurs(url) ? openWindow(url, '_blank', 'noopener') : null)

  /** Opens a web or mail address in a new window that knows nothing of this one. @param {string} url */
  const openOutside = (url) => {
    if (!/^(https?|mailto):$/.test(new URL(url).protocol)) throw new TypeError('Only web and mail addresses open outside.')
    openWindow(url, '_blank', 'noopener,noreferrer')
  }
  const handOver = (/** @type {Event} */ event) => /** @type {CustomEvent} */ (event).detail.receive(openOutside)
  document.addEventListener('longhand:outside', handOver, { once: true })

  for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'RTCIceTransport', 'WebTransport'])
    if (name in window) Object.defineProperty(window, name, { value: undefined, writable: false, configurable: false })

  // The chat document of those who allowed a server opens one frame: remote.html, which is bound to the address behind its `#`.
  // It hangs in a shadow tree that nothing reaches, and the function that opens it is handed once to whoever asks first.
  if (location.pathname === '/with-remote.html') {
    // Taken now, so that nothing that runs later can put its own in their place and see the frame.
    const make = document.createElement.bind(document)
    const { attachShadow, remove } = Element.prototype
    const append = Element.prototype.append
    const appendToShadow = DocumentFragment.prototype.append
    const listen = EventTarget.prototype.addEventListener
    const windowOf = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'contentWindow')?.get
    const setSource = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, 'src')?.set
    /** @type {{ address: string, host: Element, ready: Promise<(message: unknown, port: MessagePort) => void> } | undefined} */
    let current
    const close = () => {
      if (current) remove.call(current.host)
      current = undefined
    }
    const open = (/** @type {string} */ address) => {
      if (current?.address === address) return current.ready
      close()
      const host = make('div')
      host.hidden = true
      const frame = make('iframe')
      frame.title = 'The document that talks to the server'
      const post = (/** @type {unknown} */ message, /** @type {MessagePort} */ port) =>
        windowOf?.call(frame)?.postMessage(message, location.origin, [port])
      const ready = new Promise((resolve, reject) => {
        listen.call(frame, 'error', reject, { once: true })
        listen.call(frame, 'load', () => resolve(post), { once: true })
      })
      setSource?.call(frame, `/remote.html#${encodeURIComponent(address)}`)
      appendToShadow.call(attachShadow.call(host, { mode: 'closed' }), frame)
      current = { address, host, ready }
      append.call(document.body, host)
      return ready
    }
    const handOverFrames = (/** @type {Event} */ event) => /** @type {CustomEvent} */ (event).detail.receive({ open, close })
    document.addEventListener('longhand:remote', handOverFrames, { once: true })
  }

  // A frame would bring a fresh copy of all that was taken away above.
  const framed = /^(i?frame|object|embed|portal|fencedframe)$/i
  for (const method of /** @type {const} */ (['createElement', 'createElementNS'])) {
    const create = /** @type {Function} */ (Document.prototype[method])
    Object.defineProperty(Document.prototype, method, {
      /** @this {Document} @param {...unknown} args */
      value: function (...args) {
        const name = String(args[method === 'createElement' ? 0 : 1]).replace(/^.*:/, '')
        if (framed.test(name)) throw new DOMException(`Longhand uses no <${name}>.`, 'NotAllowedError')
        return create.apply(this, args)
      },
      writable: false,
      configurable: false,
    })
  }
})()
