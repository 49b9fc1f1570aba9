const prefix = 'remote:'

/** The id of a model that runs elsewhere: it names the server, so that every reply tells where its prompt went. */
export const remoteModelId = (address: string, model: string): string => `${prefix}${address}#${model}`

/** The server and its own name for a model, where the id is of one that runs elsewhere. */
export function readRemoteModelId(id: string | undefined): { readonly address: string; readonly model: string } | undefined {
  if (!id?.startsWith(prefix)) return undefined
  const at = id.indexOf('#')
  return at < 0 ? undefined : { address: id.slice(prefix.length, at), model: id.slice(at + 1) }
}

/** The host and port of a remote model's server: "localhost:8080"; empty where it is none. */
export function remoteHost(id: string | undefined): string {
  const address = readRemoteModelId(id)?.address
  return address ? new URL(address).host : ''
}
