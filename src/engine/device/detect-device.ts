/** What this browser and device offer to engines. */
export type DetectedDevice = {
  readonly gpu: 'real' | 'software' | 'none'
  readonly gpuName?: string
  readonly shaderF16?: boolean
  readonly maxBufferBytes?: number
  /** Largest part of a buffer that a shader may use. */
  readonly maxBindingBytes?: number
  /** Memory of the machine as the browser admits it, rounded and capped; many browsers keep it to themselves. */
  readonly memoryBytes?: number
  readonly threads: number
  readonly crossOriginIsolated: boolean
}

/** Whether an adapter computes on the CPU. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  return (
    info.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe|warp|basic render/i.test(`${info.architecture} ${info.description} ${info.device}`)
  )
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** An adapter's name for people: "Nvidia Ampere". Browsers tell little, on purpose. */
export function adapterName(info: GPUAdapterInfo): string {
  if (isSoftware(info)) return 'Software GPU (runs on the CPU)'
  if (info.description) return info.description
  const name = [info.vendor, info.architecture].filter(Boolean).map(capital).join(' ')
  return name || 'GPU'
}

/** Looks at the device without loading an engine; takes a few milliseconds and creates no GPU device. */
export async function detectDevice(): Promise<DetectedDevice> {
  const { deviceMemory } = navigator as { deviceMemory?: number }
  const common = {
    threads: navigator.hardwareConcurrency || 1,
    crossOriginIsolated: globalThis.crossOriginIsolated ?? false,
    ...(deviceMemory === undefined ? {} : { memoryBytes: deviceMemory * 1024 ** 3 }),
  }
  // Absent in browsers without WebGPU and in insecure contexts, whatever the types say.
  const gpu = navigator.gpu as GPU | undefined
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null)
  if (!adapter) return { ...common, gpu: 'none' }
  const { info, features, limits } = adapter
  return {
    ...common,
    gpu: isSoftware(info) ? 'software' : 'real',
    gpuName: adapterName(info),
    shaderF16: features.has('shader-f16'),
    maxBufferBytes: limits.maxBufferSize,
    maxBindingBytes: limits.maxStorageBufferBindingSize,
  }
}
