import { serveFrame } from '#engine/remote/serve-frame.ts'
import { isServerAddress } from '#shared/server-address.ts'

// The document that talks to a server: hidden in the chat document of those who allowed one. It imports nothing that reads the
// user's data, and public/only-address.js has already bound it to the address that it was opened for.
const address = decodeURIComponent(location.hash.slice(1))
if (window.parent !== window && isServerAddress(address)) serveFrame(address, window)
