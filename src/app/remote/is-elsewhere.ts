import { readRemoteSettings, remoteSettingsName } from '#runtime/remote/remote-settings.ts'
import type { Services } from '#runtime/services.ts'

/**
 * Whether the chat belongs into the other of the two documents, where it then goes: who allowed a server is at home in the one
 * that may open the way to it, everybody else in the sealed one.
 */
export async function isElsewhere({ storage, remote }: Pick<Services, 'storage' | 'remote'>): Promise<boolean> {
  const { on } = readRemoteSettings(await storage.settings.get(remoteSettingsName))
  if (!remote || on === remote.mayTalk) return false
  remote.go(on ? 'may-talk' : 'sealed')
  return true
}
