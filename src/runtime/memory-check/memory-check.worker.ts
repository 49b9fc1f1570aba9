import { type CheckRequest, checkHere } from './check-request.ts'

addEventListener('message', ({ data }: MessageEvent<CheckRequest>) => postMessage(checkHere(data)))
