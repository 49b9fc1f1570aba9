import { describeBackupContract } from '#ports/backup.contract.ts'
import { describeChatRepositoryContract } from '#ports/chat.contract.ts'
import { describeImportContract } from '#ports/imports.contract.ts'
import { describeIndexPartContract } from '#ports/index-parts.contract.ts'
import { describeJobRepositoryContract } from '#ports/jobs.contract.ts'
import { describeMemoryRepositoryContract } from '#ports/memory.contract.ts'
import { describeSettingsRepositoryContract } from '#ports/settings.contract.ts'
import { describeVectorRepositoryContract } from '#ports/vectors.contract.ts'
import { createInMemoryStorage } from './create-in-memory-storage.ts'

async function setup() {
  const storage = createInMemoryStorage(() => 7)
  return { storage, reopen: async () => storage, tearDown: async () => storage.close() }
}

describeChatRepositoryContract('in memory', setup)
describeImportContract('in memory', setup)
describeMemoryRepositoryContract('in memory', setup)
describeJobRepositoryContract('in memory', setup)
describeSettingsRepositoryContract('in memory', setup)
describeBackupContract('in memory', setup)
describeIndexPartContract('in memory', setup)
describeVectorRepositoryContract('in memory', setup)
