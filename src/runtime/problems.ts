import { InstructionsTooLongError, MessageTooLongError } from '#context/too-long-error.ts'
import { ImportError } from '#ports/chat-importer.ts'
import { EngineError, type EngineErrorType } from '#ports/engine.ts'
import { StorageError, type StorageErrorType } from '#ports/storage.ts'
import type { Problem } from '#shared/problem.ts'

type Words = { readonly title: string; readonly advice: string }

const engineWords: Record<EngineErrorType, Words> = {
  aborted: { title: 'Cancelled.', advice: 'Nothing was changed.' },
  'not-loaded': { title: 'No model is loaded.', advice: 'Your message is on disk. Load a model, then ask for the reply again.' },
  'no-gpu': {
    title: 'This browser gives pages no GPU.',
    advice: 'Set “Run on” to CPU on the Models page, or use a browser with WebGPU.',
  },
  'unsupported-device': {
    title: 'This device lacks something the model needs.',
    advice: 'Choose another model, or run it on the CPU.',
  },
  'out-of-memory': {
    title: 'There was not enough memory.',
    advice: 'Choose a smaller window or a smaller model. Everything you wrote is on disk.',
  },
  'device-lost': {
    title: 'The GPU stopped.',
    advice: 'Everything you wrote is on disk, and the reply can be continued once the model is loaded again.',
  },
  'download-failed': {
    title: 'The model could not be fetched.',
    advice: 'Check that the server or the network is reachable, then try again.',
  },
  'file-missing': {
    title: 'A file of the model is missing.',
    advice: 'Start the app with “npm start”, which gets the built-in model, then load it again.',
  },
  'wrong-digest': {
    title: 'A file of the model arrived damaged.',
    advice: 'It was thrown away. Load the model again, or download it again, to fetch it anew.',
  },
  'storage-full': {
    title: 'The browser has no room for the model.',
    advice: 'Delete the files of another model, or make room on the disk. What is whole is kept.',
  },
  'bad-schema': {
    title: 'The schema for replies as JSON is not one that can be used.',
    advice: 'Change it in the chat’s “Replies as JSON”. Your message is on disk; ask for the reply again then.',
  },
  'cannot-constrain': {
    title: 'Replies cannot be held to JSON here.',
    advice:
      'Turn “Replies as JSON” off for this chat, or load another model. Your message is on disk; ask for the reply again then.',
  },
  'unfit-file': {
    title: 'This file cannot be used here.',
    advice: 'Nothing was stored.',
  },
  'own-file-lost': {
    title: 'The file of this model is damaged or gone.',
    advice: 'What was left of it is thrown away. Bring the file again on the Models page. Everything you wrote is on disk.',
  },
  'context-overflow': {
    title: 'The prompt is longer than the window.',
    advice: 'Choose a larger window on the Models page, or shorten the message.',
  },
  'not-offered': {
    title: 'This engine gives no probabilities of words.',
    advice: 'The GPU engine gives them; set “Run on” to GPU on the Models page where there is one.',
  },
  unreachable: {
    title: 'The server could not be reached.',
    advice:
      'Check that it runs, that the address is right, and that this device is on its network. A page that came by https can reach http only on this device. Nothing was sent anywhere else.',
  },
  'cors-refused': {
    title: 'The server does not let this page read its answers.',
    advice:
      'It is there, but allows no requests from this address (CORS). Allow this page’s address in the server’s settings: the guide in docs/remote.md says where.',
  },
  'wrong-key': {
    title: 'The server refused the key.',
    advice: 'Enter another key for it on the Models page. It is sent to this server alone.',
  },
  'no-such-model': {
    title: 'The server does not have this model.',
    advice: 'Look for its models again on the Models page and choose one, or load the model at the server.',
  },
  'server-failed': {
    title: 'The server could not answer.',
    advice: 'What it said is below. Your message is on disk; try again, or load a model on this device.',
  },
  'stream-cut': {
    title: 'The server’s answer broke off.',
    advice: 'What came is kept and can be continued. Nothing was sent anywhere else.',
  },
  'worker-crashed': {
    title: 'The model’s worker stopped.',
    advice: 'Everything you wrote is on disk, and the reply can be continued once the model is loaded again.',
  },
  terminated: { title: 'The model was unloaded.', advice: 'Load a model, then ask for the reply again.' },
  internal: {
    title: 'The engine failed.',
    advice: 'Everything you wrote is on disk, and the reply can be continued once the model is loaded again.',
  },
}

/** Failures whose own words are for people: they say which file or which word of a schema is wrong. */
const saysItself: ReadonlySet<EngineErrorType> = new Set(['unfit-file', 'bad-schema', 'cannot-constrain'])

const storageWords: Record<StorageErrorType, Words> = {
  quota: {
    title: 'The browser’s storage is full.',
    advice: 'Delete model files or conversations, or make room on the disk. Nothing stored was lost.',
  },
  corrupt: { title: 'The stored data is damaged.', advice: 'What can be read is shown. Restore a backup from Settings.' },
  'connection-lost': {
    title: 'The connection to the browser’s storage broke.',
    advice: 'Reload the page. What was saved is on disk.',
  },
  'outdated-tab': { title: 'A newer Longhand has upgraded the data.', advice: 'Reload this tab; until then it can only read.' },
  wiped: {
    title: 'The browser has lost Longhand’s database.',
    advice: 'What the second copy holds is put back at the next start. Where there is none, a backup file can be restored.',
  },
  blocked: { title: 'Another tab holds the storage.', advice: 'Close other Longhand tabs and reload.' },
  'bad-backup': { title: 'This file is not a whole backup.', advice: 'Nothing was changed. Choose another file.' },
  'not-found': { title: 'It is not there any more.', advice: 'It may have been deleted in another tab.' },
  unavailable: {
    title: 'This browser offers no storage here.',
    advice: 'Private windows of some browsers do not; use a normal window.',
  },
  internal: { title: 'The storage failed.', advice: 'Reload the page. What was saved is on disk.' },
}

/** Any caught error as what the user is told. */
export function problemOf(error: unknown): Problem {
  if (error instanceof EngineError && saysItself.has(error.type)) {
    const { title, advice } = engineWords[error.type]
    return { type: `engine/${error.type}`, title, advice: `${error.message} ${advice}` }
  }
  if (error instanceof EngineError) return { type: `engine/${error.type}`, ...engineWords[error.type], detail: error.message }
  if (error instanceof StorageError) {
    const words = storageWords[error.type]
    const title = error.line === undefined ? words.title : `${words.title} Line ${error.line} is bad.`
    return { type: `storage/${error.type}`, ...words, title, detail: error.message }
  }
  if (error instanceof ImportError) return { type: 'import', title: 'These files cannot be read.', advice: error.message }
  if (error instanceof MessageTooLongError)
    return {
      type: 'context/message-too-long',
      title: `The message needs ${error.neededTokens.toLocaleString('en')} tokens; ${error.availableTokens.toLocaleString('en')} fit.`,
      advice: 'Shorten it, or choose a larger window on the Models page. It is on disk.',
    }
  if (error instanceof InstructionsTooLongError)
    return {
      type: 'context/instructions-too-long',
      title: `The instructions need ${error.neededTokens.toLocaleString('en')} tokens; ${error.availableTokens.toLocaleString('en')} fit.`,
      advice: 'Shorten the system instructions in Settings, or choose a larger window.',
    }
  const detail = error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error)
  return {
    type: 'internal',
    title: 'Something in Longhand failed.',
    advice: 'What was saved is on disk. Reload the page if it goes on.',
    detail,
  }
}
