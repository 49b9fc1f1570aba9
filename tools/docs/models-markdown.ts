import { catalogue } from '../../src/engine/catalogue/catalogue.ts'
import type { Model } from '../../src/ports/model.ts'
import { planWindow, type WindowPlan } from '../../src/ports/plan-window.ts'
import { chooseEngine } from '../../src/runtime/choose-engine.ts'
import { roomOf } from '../../src/runtime/device-room.ts'
import type { Device } from '../../src/runtime/state.ts'
import { formatBytes } from '../../src/ui/kit/format.ts'
import { goodFor } from '../../src/ui/models/good-for.ts'
import { formatWindow } from '../../src/ui/models/plan-words.ts'
import { measuredRows } from './measured-memory.ts'

const GIB = 1024 ** 3
const gpu = {
  gpu: 'real',
  shaderF16: true,
  maxBufferBytes: 2 * GIB,
  maxBindingBytes: 2 * GIB,
  threads: 8,
  crossOriginIsolated: true,
} as const

/** Devices that stand for many: what a page learns of them. */
export const profiles: readonly { readonly name: string; readonly device: Device }[] = [
  {
    name: 'phone',
    device: { ...gpu, maxBufferBytes: GIB / 4, maxBindingBytes: GIB / 8, memoryBytes: 4 * GIB },
  },
  { name: 'laptop, 8 GiB', device: { ...gpu, memoryBytes: 8 * GIB } },
  { name: 'the same without f16', device: { ...gpu, shaderF16: false, memoryBytes: 8 * GIB } },
  { name: 'workstation, 32 GiB', device: { ...gpu, maxBufferBytes: 4 * GIB, maxBindingBytes: 4 * GIB, memoryBytes: 32 * GIB } },
  { name: 'browser that tells no memory', device: gpu },
]

function safe(model: Model, device: Device): string {
  const choice = chooseEngine(model, device, 'gpu', ['webllm'])
  const build = model.builds.webllm
  if ('cannotRun' in choice || !build) return 'no f16'
  const plan = planWindow(model, build, roomOf(device, 'webllm'))
  return plan.safeTokens === 0 ? reasons[plan.limitedBy] : formatWindow(plan.safeTokens) + marks[plan.limitedBy]
}

const reasons: Readonly<Record<WindowPlan['limitedBy'], string>> = {
  'weights-buffer': 'buffer',
  memory: '–',
  buffer: 'buffer',
  training: '–',
}
const marks: Readonly<Record<WindowPlan['limitedBy'], string>> = {
  training: '',
  memory: ' m',
  buffer: ' b',
  'weights-buffer': '',
}

function line(model: Model): string {
  const build = model.builds.webllm
  if (!build) throw new Error(`${model.id} has no build for the GPU.`)
  const estimated = build.estimated ? '≈' : ''
  return [
    model.name,
    model.quantization,
    estimated + formatBytes(build.weightBytes),
    `${estimated}${build.kvBytesPerToken / 1024}`,
    build.largestBufferBytes === undefined ? 'not known' : formatBytes(build.largestBufferBytes),
    formatWindow(model.contextLength),
    model.licence.name,
    goodFor(model),
    ...profiles.map(({ device }) => safe(model, device)),
  ].join(' | ')
}

/** The catalogue and what the window planner makes of it on some devices, as docs/models.md. */
export function modelsMarkdown(): string {
  const { models, unoffered } = catalogue
  const head = [
    'model',
    'weights in',
    'weights',
    'KiB a token',
    'largest buffer',
    'trained for',
    'licence',
    'good for',
    ...profiles.map(({ name }) => name),
  ]
  return `# Models

Written by \`npm run docs:models\`; do not edit. ${models.length} builds that Longhand runs on a GPU, from the ${models.length - 1} records of web-llm 0.2.86 that it can, and the built-in model. Twins that differ only in their default window are not listed.

Right of "good for": the largest window that is safe, by the planner (\`src/ports/plan-window.ts\`), before a model was tried. What limits it: nothing written, the model's training; m, the memory; b, the largest buffer. "buffer": a part of the weights fits no buffer. "–": it does not fit. "no f16": the device has no half precision. A device's memory is an estimate (\`src/runtime/device-room.ts\`): ${profiles.map(({ name, device }) => `${name} ${formatBytes(roomOf(device, 'webllm').usableBytes)}`).join(', ')}.

Weights are computed from the models' dimensions (\`src/engine/catalogue/lines/\`), which agree with the package's own figures (rules E5 and E6 of \`src/engine/SPEC.md\`); ≈ marks those whose dimensions are not known exactly.

| ${head.join(' | ')} |
|${head.map(() => '---').join('|')}|
${models.map((model) => `| ${line(model)} |`).join('\n')}

## Predicted and really asked for

Bytes of GPU buffers on Chromium's software adapter, loading and reading included, against the prediction (rule E15).

| model | window | predicted | asked for | difference |
|---|---|---|---|---|
${measuredRows().join('\n')}

## Not run

| model | why | memory the package names |
|---|---|---|
${unoffered.map(({ name, why, memoryBytes }) => `| ${name} | ${why} | ${formatBytes(memoryBytes)} |`).join('\n')}
`
}
