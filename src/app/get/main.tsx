import '#ui/styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { catalogue } from '#engine/catalogue/catalogue.ts'
import { gpuEmbedders } from '#engine/catalogue/gpu-embedders.ts'
import { ChooseModel } from './ChooseModel.tsx'
import { GetModel } from './GetModel.tsx'
import { offerOfEmbedder, offerOfModel } from './hub-build.ts'

// The download document: the only one that may talk to the hub. It imports nothing that reads the user's data, so the theme
// is the system's and not that of the settings.
const dark = matchMedia('(prefers-color-scheme: dark)')
const showTheme = () => {
  document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'
}
showTheme()
dark.addEventListener('change', showTheme)

const offers = [
  ...catalogue.models.filter((model) => model.source === 'hub').flatMap(offerOfModel),
  ...gpuEmbedders.map(offerOfEmbedder),
]
const wanted = offers.find(({ id }) => id === new URLSearchParams(location.search).get('model'))

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <main className="mx-auto max-w-measure px-6 py-10">
        {wanted ? <GetModel offer={wanted} /> : <ChooseModel offers={offers} />}
      </main>
    </StrictMode>,
  )
