/**
 * Headers of every response, page and workers alike: a worker takes its policy from its own response, so a policy
 * on the page alone would leave the worker free to talk to anyone.
 */
/** @param {string} connect */
const policy = (connect) =>
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
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "webrtc 'block'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')

/** Hosts that models come from; only the download page may talk to them. */
const hubHosts = ['https://huggingface.co', 'https://*.hf.co', 'https://*.huggingface.co', 'https://raw.githubusercontent.com']

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
  return { ...common, 'Content-Security-Policy': policy(path === '/get.html' ? ["'self'", ...hubHosts].join(' ') : "'self'") }
}
