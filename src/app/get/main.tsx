import '#ui/styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { catalogue } from '#engine/catalogue/catalogue.ts'
import { ChooseModel } from './ChooseModel.tsx'
import { GetModel } from './GetModel.tsx'
import { hubBuild } from './hub-build.ts'

// The download document: the only one that may talk to the hub. It imports nothing that reads the user's data, so the theme
// is the system's and not that of the settings.
const dark = matchMedia('(prefers-color-scheme: dark)')
const showTheme = () => {
  document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light'
}
showTheme()
dark.addEventListener('change', showTheme)

const hubModels = catalogue.models.filter((model) => model.source === 'hub')
const wanted = hubModels.find((model) => model.id === new URLSearchParams(location.search).get('model'))
const build = wanted && hubBuild(wanted)

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <main className="mx-auto max-w-measure px-6 py-10">
        {wanted && build ? <GetModel model={wanted} build={build} /> : <ChooseModel models={hubModels} />}
      </main>
    </StrictMode>,
  )
