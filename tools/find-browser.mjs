import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { bin } from './prepare.mjs'
import { command, Missing, say } from './terminal.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The browser for tests without installing anything: LONGHAND_BROWSER, else a Chromium or Chrome of the system. */
export function findBrowser() {
  const named = process.env.LONGHAND_BROWSER
  if (named) {
    if (!existsSync(named))
      throw new Missing(`LONGHAND_BROWSER names ${named}, which does not exist.`, 'Set it to a Chromium or Chrome.')
    return named
  }
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [...names.flatMap((name) => folders.map((folder) => join(folder, name))), ...places].find((path) => existsSync(path))
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}

/**
 * Finds a browser for the tests, and installs one where there is none: by apt on Debian as root, else Playwright's own.
 * @returns {Promise<string>} its path
 */
export async function ensureBrowser() {
  const present = findBrowser() ?? (await playwrightsOwn())
  if (present) return present
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    say('Installing Chromium (apt-get), once.')
    await command('apt-get', ['update'])
    await command('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    })
    const installed = findBrowser()
    if (installed) return installed
  }
  say("Installing Playwright's Chromium, once.")
  const { output } = await command(bin('playwright'), ['install', '--with-deps', 'chromium'])
  const own = await playwrightsOwn()
  if (own) return own
  say(output.split('\n').slice(-10).join('\n'))
  throw new Missing('No browser for the tests.', 'Install Chromium or Chrome, or set LONGHAND_BROWSER to one.')
}
