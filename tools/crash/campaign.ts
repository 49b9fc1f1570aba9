import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { appTarget } from './app-target.ts'
import { type Backend, kill, launch, type OwnBrowser } from './browser.ts'
import { damageDatabase } from './damage.ts'
import { Ledger } from './ledger.ts'
import { pageTarget } from './page-target.ts'
import { seededRandom } from './random.ts'
import { record } from './record.ts'
import { servePage } from './serve-page.ts'
import type { Target } from './target.ts'

/*
 * Kills the browser, its tab or the page at seeded random moments while replies stream, starts it again, and looks
 * whether everything that was acknowledged as saved is there, unchanged. A damage is a kill after which eight bytes of the
 * database are flipped or a page of it is zeroed before the browser starts again.
 *
 *   npm run campaign:crash -- [--kills 100] [--crashes 20] [--reloads 20] [--damages 0] [--seed N]
 *                             [--backend leveldb|sqlite]
 *                             [--url ADDRESS]   the product itself, in a build that has the scripted engine
 *                             [--stop]          at the first thing that is wrong, and keep the profile
 *                             [--without-copy]  the storage page without a second copy: shows that damage is seen
 *                             [--record]        adds the figures to docs/reliability.md
 */
const { values: options } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    crashes: { type: 'string', default: '20' },
    reloads: { type: 'string', default: '20' },
    damages: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    backend: { type: 'string', default: 'leveldb' },
    url: { type: 'string' },
    stop: { type: 'boolean', default: false },
    'without-copy': { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
  },
})

type Death = 'kill' | 'crash' | 'reload' | 'damage'

const seed = Number(options.seed)
const random = seededRandom(seed)
const backend: Backend = options.backend === 'sqlite' ? 'sqlite' : 'leveldb'
const ledger = new Ledger()
const profile = mkdtempSync(join(tmpdir(), 'longhand-crash-profile-'))
const deaths: readonly Death[] = [
  ...new Array<Death>(Number(options.kills)).fill('kill'),
  ...new Array<Death>(Number(options.crashes)).fill('crash'),
  ...new Array<Death>(Number(options.reloads)).fill('reload'),
  ...new Array<Death>(Number(options.damages)).fill('damage'),
]

async function open(own: OwnBrowser, target: Target): Promise<Page> {
  const context = own.browser.contexts()[0]
  if (!context) throw new Error('The browser has no context.')
  const page = await context.newPage()
  await target.prepare(page, ledger)
  await page.goto(target.url)
  return page
}

async function run(target: Target): Promise<readonly string[]> {
  const wrong: string[] = []
  let own = await launch(profile, backend)
  let page = await open(own, target)
  for (const [number, death] of deaths.entries()) {
    await target.work(page, random)
    await new Promise((resolve) => setTimeout(resolve, 150 + random() * 900))
    switch (death) {
      case 'kill':
      case 'damage':
        await kill(own)
        if (death === 'damage') console.log(`damage ${number + 1}: ${damageDatabase(profile, random)}`)
        own = await launch(profile, backend)
        page = await open(own, target)
        break
      case 'crash': {
        const crashed = page.waitForEvent('crash')
        const session = await page.context().newCDPSession(page)
        session.send('Page.crash').catch(() => undefined) // The tab cannot answer: it is gone.
        await crashed
        const next = await open(own, target)
        await page.close()
        page = next
        break
      }
      case 'reload':
        await page.reload()
        break
    }
    const found = ledger.check(await target.inspect(page))
    for (const what of found.slice(0, 5)) console.error(`after ${death} ${number + 1}: ${what}`)
    wrong.push(...found)
    if (found.length > 0 && options.stop) break
    if ((number + 1) % 10 === 0) console.log(`${number + 1} of ${deaths.length}: ${JSON.stringify(ledger.tally)}`)
  }
  await kill(own)
  return wrong
}

const served = options.url ? undefined : await servePage(import.meta.dirname, 4801)
const target = options.url
  ? appTarget(options.url)
  : pageTarget(`${served?.url ?? ''}${options['without-copy'] ? '?copy=none' : ''}`)
console.log(
  `${target.name}, ${backend}, seed ${seed}: ${options.kills} kills, ${options.crashes} crashes, ${options.reloads} reloads, ${options.damages} damages`,
)
const startedAt = Date.now()
const wrong = await run(target)
await served?.close()
if (wrong.length > 0) console.error(`The profile is kept: ${profile}`)
else rmSync(profile, { recursive: true, force: true })

const minutes = ((Date.now() - startedAt) / 60_000).toFixed(1)
console.log(`${minutes} min, ${JSON.stringify(ledger.tally)}`)
if (options.record) record({ target: target.name, backend, seed, deaths, tally: ledger.tally })
if (ledger.tally.acknowledged === 0) console.error('Nothing was acknowledged: the campaign has shown nothing.')
process.exit(wrong.length > 0 || ledger.tally.acknowledged === 0 ? 1 : 0)
