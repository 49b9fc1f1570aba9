/** Converts a GGUF file by hand: `tsx tools/model/convert.ts CONFIG IN.gguf OUT_FOLDER`; CONFIG names a model of the compiler's configs.json. */
import { convertGguf } from './convert-gguf.ts'
import { libraryLimits } from './library-limits.ts'

const [config, from, to] = process.argv.slice(2)
if (!config || !from || !to) {
  process.stderr.write('usage: tsx tools/model/convert.ts CONFIG IN.gguf OUT_FOLDER\n')
  process.exitCode = 2
} else void convertGguf(from, to, libraryLimits(config))
