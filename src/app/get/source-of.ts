import { fileName } from '#engine/model-files/wanted-file.ts'

/** Where this document may fetch from, besides its own server: what its policy names (tools/headers.mjs). */
const allowed = [/^huggingface\.co$/, /\.hf\.co$/, /\.huggingface\.co$/, /^raw\.githubusercontent\.com$/]

/**
 * A folder to fetch the files of a model from, from what a person typed: an address at the hub, or a path on this server.
 * A string is what is wrong with it; nothing typed means the model's own addresses.
 */
export function readSource(typed: string, origin: string): ((url: string) => string) | string {
  if (typed.trim() === '') return (url) => url
  let base: URL
  try {
    base = new URL(typed.trim().replace(/\/*$/, '/'), origin)
  } catch {
    return 'This is no address.'
  }
  const here = base.origin === new URL(origin).origin
  if (!here && (base.protocol !== 'https:' || !allowed.some((host) => host.test(base.hostname))))
    return 'This page may fetch from its own server and from the hub, and from nowhere else.'
  return (url) => new URL(fileName(url), base).href
}
