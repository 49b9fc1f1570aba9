import type { EmbedderModel } from '#ports/embedder.ts'

/** The embedder that comes with Longhand; tools/model/get-embedder.ts makes its file. */
export const miniLm = {
  id: 'all-minilm-l6-v2:q8_0',
  name: 'all-MiniLM-L6-v2',
  dimensions: 384,
  licence: { name: 'Apache 2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
  file: {
    url: '/models/all-minilm-l6-v2/model.gguf',
    sizeBytes: 25_279_136,
    sha256: 'fb190dea32bda7865c7a1212869d70b9e07e3e279a6628b87636c4a4f3c92208',
    role: 'weights',
  },
  // Measured with the weights unpacked to float32.
  memoryBytes: 306_000_000,
} as const satisfies EmbedderModel
