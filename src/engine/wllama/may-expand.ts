import type { ModelBuild } from '#ports/model.ts'

const gibibyte = 2 ** 30

/**
 * Whether a build's weights may be expanded to float32 here. `deviceGiB` is what the browser tells of the device's memory
 * (rounded, at most 8 or so); a browser that tells nothing is taken for a desktop. The engine then takes a quarter at most.
 */
export function mayExpand(build: ModelBuild, windowTokens: number, deviceGiB: number | undefined): boolean {
  const bytes = build.weightBytes + build.kvBytesPerToken * windowTokens + build.workingBytes
  return deviceGiB === undefined || bytes <= (deviceGiB * gibibyte) / 4
}
