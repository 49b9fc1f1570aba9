export type CopyFile = { readonly name: string; readonly bytes: number; readonly changedAt: number }

/**
 * Files outside the database that hold its second copy, in one folder for each database that there ever was: the folder
 * of another database than the present one tells that a database was lost. Everything may reject.
 */
export type CopyFiles = {
  folders(): Promise<readonly string[]>
  list(folder: string): Promise<readonly CopyFile[]>
  read(folder: string, name: string): Promise<Blob>
  /** Resolves when the bytes are on the medium. The file and its folder are made where they are not there. */
  append(folder: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** No more will be appended to the file by this tab. */
  release(folder: string, name: string): Promise<void>
  /** Rejects while another tab appends to the file. */
  remove(folder: string, name: string): Promise<void>
  /** Rejects while a tab appends to a file in it. */
  removeFolder(folder: string): Promise<void>
  close(): void
}
