/**
 * Headers of every response, page and workers alike: a worker takes its policy from its own response, so a policy
 * on the page alone would leave the worker free to talk to anyone.
 */
/** @param {{ readonly connect?: string, readonly frames?: string, readonly within?: string, readonly more?: readonly string[] }} [allowed] */
const policy = ({ connect = "'self'", frames = "'none'", within = "'none'", more = [] } = {}) =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    // blob: for the threads that wllama starts from strings; they inherit this policy.
    "worker-src 'self' blob:",
    `connect-src ${connect}`,
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "style-src 'self'",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-src ${frames}`,
    `frame-ancestors ${within}`,
    "object-src 'none'",
    "webrtc 'block'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
    ...more,
  ].join('; ')

/** Hosts that models come from; only the download page may talk to them. */
const hubHosts = ['https://huggingface.co', 'https://*.hf.co', 'https://*.huggingface.co', 'https://raw.githubusercontent.com']

/** @type {Readonly<Record<string, string>>} */
const policies = {
  '/get.html': policy({ connect: ["'self'", ...hubHosts].join(' ') }),
  // The chat document of those who allowed a server. It may frame what lets itself be framed, and only remote.html does.
  '/with-remote.html': policy({ frames: "'self'" }),
  // Talks to one server: which one is known only in the browser, so that the document narrows this to it before anything
  // else runs (public/only-address.js).
  '/remote.html': policy({ connect: 'http: https:', within: "'self'", more: ['sandbox allow-scripts allow-same-origin'] }),
}

const common = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-DNS-Prefetch-Control': 'off',
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
}

/**
 * Headers for a request path.
 * @param {string} path
 * @returns {Record<string, string>}
 */
export function headersFor(path) {
  // It asks servers that name no policy of their own whether they are there at all: without credentials that is allowed.
  const embedder = path === '/remote.html' ? { 'Cross-Origin-Embedder-Policy': 'credentialless' } : {}
  return { ...common, ...embedder, 'Content-Security-Policy': policies[path] ?? policy() }
}
