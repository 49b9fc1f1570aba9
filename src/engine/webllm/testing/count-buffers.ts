/** Counts the bytes of all GPU buffers alive, and the most there were at once. */
export function countBuffers() {
  const { createBuffer } = GPUDevice.prototype
  const sizes = new Map<GPUBuffer, number>()
  let alive = 0
  let most = 0
  GPUDevice.prototype.createBuffer = function (this: GPUDevice, descriptor) {
    const buffer = createBuffer.call(this, descriptor)
    sizes.set(buffer, descriptor.size)
    alive += descriptor.size
    most = Math.max(most, alive)
    const destroy = buffer.destroy.bind(buffer)
    buffer.destroy = () => {
      alive -= sizes.get(buffer) ?? 0
      sizes.delete(buffer)
      destroy()
    }
    return buffer
  }
  return {
    alive: () => alive,
    most: () => most,
    stop: () => {
      GPUDevice.prototype.createBuffer = createBuffer
    },
  }
}
