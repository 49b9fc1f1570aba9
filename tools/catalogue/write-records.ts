/** Writes src/engine/catalogue/records.json: what the installed web-llm says of the models it was built for. */
import { writeFileSync } from 'node:fs'
import { prebuiltRecords } from './prebuilt-records.ts'

const rows = prebuiltRecords().map((record) => JSON.stringify(record))
writeFileSync('src/engine/catalogue/records.json', `[\n  ${rows.join(',\n  ')}\n]\n`)
