import type { EngineErrorType } from '#ports/engine.ts'

/** What a failed download means and what to do, in plain words. */
export function failureWords(error: EngineErrorType, online: boolean): { readonly title: string; readonly advice: string } {
  switch (error) {
    case 'download-failed':
      return online
        ? {
            title: 'The download failed.',
            advice: 'The files that are whole are kept. Check the network and the free space on the disk, then try again.',
          }
        : { title: 'This device is offline.', advice: 'The files that are whole are kept. Try again when there is a network.' }
    case 'file-missing':
      return { title: 'The hub does not have a file of this model.', advice: 'It may have been moved. Choose another model.' }
    case 'wrong-digest':
      return {
        title: 'A file arrived damaged, several times.',
        advice: 'It was thrown away; the files that are whole are kept. Try again later, or take the files from elsewhere.',
      }
    case 'storage-full':
      return {
        title: 'The browser has no room for this model.',
        advice:
          'The files that are whole are kept. Delete another model on the Models page or make room on the disk, then try again.',
      }
    case 'unsupported-device':
      return { title: 'This browser cannot keep model files.', advice: 'Open Longhand from this computer, or over https.' }
    default:
      return { title: 'Something went wrong.', advice: 'Try again. What is said below may tell why.' }
  }
}
