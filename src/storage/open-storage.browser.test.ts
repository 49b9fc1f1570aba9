import { Dexie } from 'dexie'
import { describeBackupContract } from '#ports/backup.contract.ts'
import { describeChatRepositoryContract } from '#ports/chat.contract.ts'
import { describeImportContract } from '#ports/imports.contract.ts'
import { describeJobRepositoryContract } from '#ports/jobs.contract.ts'
import { describeMemoryRepositoryContract } from '#ports/memory.contract.ts'
import { describeSettingsRepositoryContract } from '#ports/settings.contract.ts'
import { openStorage } from './open-storage.ts'

let databases = 0

async function setup() {
  const options = { name: `contract-${databases++}`, now: () => 7, ballastBytes: 1000 }
  let storage = await openStorage(options)
  return {
    storage,
    async reopen() {
      storage.close()
      storage = await openStorage(options)
      return storage
    },
    async tearDown() {
      storage.close()
      await Dexie.delete(options.name)
    },
  }
}

const name = 'Dexie in the browser'
describeChatRepositoryContract(name, setup)
describeImportContract(name, setup)
describeMemoryRepositoryContract(name, setup)
describeJobRepositoryContract(name, setup)
describeSettingsRepositoryContract(name, setup)
describeBackupContract(name, setup)
