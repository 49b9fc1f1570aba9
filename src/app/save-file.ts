type Picker = (options: { suggestedName: string }) => Promise<{ createWritable(): Promise<WritableStream<Uint8Array>> }>

/** Streams bytes to a file that the user chooses; where the browser has no such dialog, to a download. */
export async function saveFile(name: string, bytes: ReadableStream<Uint8Array>): Promise<void> {
  const picker = (window as unknown as { showSaveFilePicker?: Picker }).showSaveFilePicker
  if (picker && !navigator.webdriver) {
    const handle = await picker({ suggestedName: name })
    await bytes.pipeTo(await handle.createWritable())
    return
  }
  const blob = await new Response(bytes as ReadableStream<Uint8Array<ArrayBuffer>>).blob()
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download keeps its own reference once it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
