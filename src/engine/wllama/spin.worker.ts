import { lostShare } from './lost-share.ts'

// Keeps a core busy for the milliseconds it is told, and answers what share of them the system gave to others.
self.addEventListener('message', ({ data: ms }: MessageEvent<number>) => {
  const times: number[] = []
  const end = performance.now() + ms
  for (let now = performance.now(); now < end; now = performance.now()) times.push(now)
  self.postMessage(lostShare([...times, performance.now()]))
})
