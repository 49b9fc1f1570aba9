import '#ui/styles.css'
import './remote/open-frame.ts'
import { StrictMode } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { trustWorkerUrls } from '#engine/trusted-worker-urls.ts'
import { StorageError } from '#ports/storage.ts'
import { createLonghand } from '#runtime/longhand.ts'
import { problemOf } from '#runtime/problems.ts'
import type { Services } from '#runtime/services.ts'
import { App } from '#ui/App.tsx'
import { LonghandProvider } from '#ui/longhand-context.tsx'
import { BootFailed, type LossDecision } from '#ui/notices/BootFailed.tsx'
import { PartBoundary } from '#ui/shell/PartBoundary.tsx'
import { isElsewhere } from './remote/is-elsewhere.ts'
import { showFatal } from './show-fatal.ts'
import { testServices } from './test-services.ts'

const root = document.getElementById('root')

/** Opens everything; where the data are lost, the user is asked until it is known how to go on. */
async function openServices(page: Root): Promise<Services> {
  // Storage, engines and catalogue are adapters: the shell does not hold them.
  const { browserServices } = await import('./browser-services.ts')
  let decision: LossDecision | undefined
  for (let asked = 0; ; asked++) {
    try {
      return await browserServices(decision)
    } catch (error) {
      const lost = error instanceof StorageError && (error.type === 'wiped' || error.type === 'bad-backup')
      if (!lost) throw error
      decision = await new Promise<LossDecision>((resolve) =>
        page.render(<BootFailed key={asked} problem={problemOf(error)} onDecide={resolve} />),
      )
    }
  }
}

async function main(element: HTMLElement): Promise<void> {
  trustWorkerUrls()
  const page = createRoot(element)
  const services = await openServices(page)
  if (await isElsewhere(services)) return
  const { store, actions, start } = createLonghand(await testServices(services))
  store.subscribe(({ engine }) => {
    document.documentElement.dataset.engine = engine.type
  })
  page.render(
    <StrictMode>
      <LonghandProvider store={store} actions={actions}>
        <PartBoundary>
          <App />
        </PartBoundary>
      </LonghandProvider>
    </StrictMode>,
  )
  await start()
}

if (root) main(root).catch((error: unknown) => showFatal(root, problemOf(error)))
