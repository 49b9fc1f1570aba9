import '#ui/styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { trustWorkerUrls } from '#engine/trusted-worker-urls.ts'
import { createLonghand } from '#runtime/longhand.ts'
import { problemOf } from '#runtime/problems.ts'
import { App } from '#ui/App.tsx'
import { LonghandProvider } from '#ui/longhand-context.tsx'
import { PartBoundary } from '#ui/shell/PartBoundary.tsx'
import { showFatal } from './show-fatal.ts'
import { testServices } from './test-services.ts'

const root = document.getElementById('root')

async function main(element: HTMLElement): Promise<void> {
  trustWorkerUrls()
  // Storage, engines and catalogue are adapters: the shell does not hold them.
  const { browserServices } = await import('./browser-services.ts')
  const services = await browserServices()
  const { store, actions, start } = createLonghand(await testServices(services))
  store.subscribe(({ engine }) => {
    document.documentElement.dataset.engine = engine.type
  })
  createRoot(element).render(
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
