import { useEffect, useState } from 'react'
import { modelFilesStates } from '#engine/model-files/model-files-state.ts'
import type { FilesState, ModelBuild } from '#ports/model.ts'

/** What of a build is in this browser, looked at anew whenever `when` changes. */
export function useHere(build: ModelBuild, when: unknown): FilesState | undefined {
  const [here, setHere] = useState<FilesState>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `when` says that the files may be others now.
  useEffect(() => {
    let current = true
    void modelFilesStates([build]).then(([state]) => current && setHere(state))
    return () => {
      current = false
    }
  }, [build, when])
  return here
}
