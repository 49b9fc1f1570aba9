import { rollingSpareTokens } from '#ports/memory-need.ts'
import type { EngineName, Model, ModelBuild } from '#ports/model.ts'
import { planWindow } from '#ports/plan-window.ts'
import { chooseEngine } from './choose-engine.ts'
import { roomOf } from './device-room.ts'
import type { Settings } from './settings.ts'
import type { Device, ModelRow } from './state.ts'

type PlannedRow = { readonly row: ModelRow; readonly build: ModelBuild | undefined }

/** What runs a model here and with how much of a window; what is on disk is not looked at yet. */
export function rowOf(model: Model, device: Device, settings: Settings, available: readonly EngineName[]): PlannedRow {
  const choice = chooseEngine(model, device, settings.runsOn, available)
  const chosen = settings.windows[model.id]
  if ('cannotRun' in choice) {
    const windowTokens = chosen ?? model.defaultWindow
    return { row: { model, cannotRun: choice.cannotRun, onDisk: 'unknown', windowTokens }, build: undefined }
  }
  const { engine } = choice
  const build = model.builds[engine]
  const rolls = settings.rolling[model.id] === true && build?.rolls === true
  const plan = build && planWindow(model, build, roomOf(device, engine), rolls ? rollingSpareTokens : 0)
  // Unasked, no window is larger than what is safe here.
  const safe = plan && plan.safeTokens > 0 ? Math.min(model.defaultWindow, plan.safeTokens) : model.defaultWindow
  const rolling = build?.rolls ? { rolling: rolls ? ('on' as const) : ('off' as const) } : {}
  return { row: { model, engine, onDisk: 'unknown', windowTokens: chosen ?? safe, ...rolling, ...(plan ? { plan } : {}) }, build }
}
