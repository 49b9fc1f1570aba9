import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { findBrowser } from '../find-browser.mjs'

export type Backend = 'leveldb' | 'sqlite'

const backendArgs: Record<Backend, readonly string[]> = {
  leveldb: ['--disable-features=IdbSqliteBackingStore'],
  sqlite: ['--enable-features=IdbSqliteBackingStore,IdbSqliteOnDiskRollout:stage/UseSqliteForNewStores'],
}

/** A browser of our own on a profile that stays on disk: Playwright's contexts keep IndexedDB in memory only. */
export type OwnBrowser = { readonly browser: Browser; readonly process: ChildProcess }

export async function launch(profile: string, backend: Backend): Promise<OwnBrowser> {
  for (const file of ['SingletonLock', 'SingletonSocket', 'SingletonCookie']) rmSync(join(profile, file), { force: true })
  const args = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--remote-debugging-port=0',
    '--enable-logging=stderr',
    `--user-data-dir=${profile}`,
  ]
  const child = spawn(findBrowser() ?? chromium.executablePath(), [...args, ...backendArgs[backend], 'about:blank'], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (data: Buffer) => {
      said += data.toString()
      appendFileSync(join(profile, 'browser.log'), data)
      const found = /DevTools listening on (ws:\/\/\S+)/.exec(said)
      if (found?.[1]) resolve(found[1])
    })
    child.once('exit', () => reject(new Error(`The browser ended before it could be driven:\n${said}`)))
  })
  return { browser: await chromium.connectOverCDP(address), process: child }
}

/** Ends the browser and all its processes at once, as the system does when memory runs out. */
export async function kill({ process: child }: OwnBrowser): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  await gone
}
