import { lookThroughFrame } from '#engine/remote/connect-remote.ts'
import type { RemoteDocuments } from '#ports/remote-server.ts'
import { closeFrame, mayTalk, openFrame } from './open-frame.ts'

/** The chat document that may open the one that talks to a server. All else about it is index.html. */
const withRemote = '/with-remote.html'

/** The two chat documents of this browser, and the way to a server. */
export function remoteDocuments(): RemoteDocuments {
  return {
    mayTalk: mayTalk(),
    go(to) {
      location.replace(`${to === 'may-talk' ? withRemote : '/'}${location.search}${location.hash}`)
    },
    look: (server, signal) => lookThroughFrame(openFrame, server, signal),
    close: closeFrame,
  }
}
