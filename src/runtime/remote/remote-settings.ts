import type { ChatTemplate } from '#context/template.ts'
import { isServerAddress } from '#shared/server-address.ts'

/** The model of the server that the user chose, and what the server told of it then. */
export type ChosenServerModel = {
  readonly id: string
  /** Its window, in tokens: as the server says, or as the user does where it says nothing. */
  readonly windowTokens: number
  readonly windowBy: 'server' | 'user'
  readonly template: ChatTemplate
}

/**
 * A server outside this page that the user allowed, and how far. Kept on this device alone: no backup and no second copy holds
 * it, so that no other device is ever connected by a file.
 */
export type RemoteSettings = {
  readonly on: boolean
  /** Empty until one was entered; else in the form of `parseServerAddress`. */
  readonly address: string
  /** Whether it may also be asked for titles, summaries, and what to recall. */
  readonly sideWork: boolean
  readonly model?: ChosenServerModel
}

/** Names of what is stored; what begins with `device:` never leaves the database (rule S39 of src/storage/SPEC.md). */
export const remoteSettingsName = 'device:remote'
export const remoteKeyName = 'device:remote-key'

export const noRemote: RemoteSettings = { on: false, address: '', sideWork: false }

/** Stored settings, checked: what is not whole is off. */
export function readRemoteSettings(stored: unknown): RemoteSettings {
  if (typeof stored !== 'object' || stored === null) return noRemote
  const { on, address, sideWork, model } = stored as Partial<RemoteSettings>
  const known = typeof address === 'string' && isServerAddress(address) ? address : ''
  return {
    on: on === true,
    address: known,
    sideWork: sideWork === true,
    ...(known !== '' && isWhole(model) ? { model } : {}),
  }
}

const isWhole = (model: Partial<ChosenServerModel> | undefined): model is ChosenServerModel =>
  typeof model?.id === 'string' && (model.windowTokens ?? 0) > 0 && model.template?.assistant !== undefined
