import { describeBackupContract } from '#ports/backup.contract.ts'
import { describeChatRepositoryContract } from '#ports/chat.contract.ts'
import { describeImportContract } from '#ports/imports.contract.ts'
import { describeIndexPartContract } from '#ports/index-parts.contract.ts'
import { describeJobRepositoryContract } from '#ports/jobs.contract.ts'
import { describeMemoryRepositoryContract } from '#ports/memory.contract.ts'
import { describeSettingsRepositoryContract } from '#ports/settings.contract.ts'
import { describeVectorRepositoryContract } from '#ports/vectors.contract.ts'
import { fakeSetup } from './testing/fake-database.ts'

const name = 'Dexie over a fake IndexedDB'
const setup = () => fakeSetup()

describeChatRepositoryContract(name, setup)
describeImportContract(name, setup)
describeMemoryRepositoryContract(name, setup)
describeJobRepositoryContract(name, setup)
describeSettingsRepositoryContract(name, setup)
describeBackupContract(name, setup)
describeIndexPartContract(name, setup)
describeVectorRepositoryContract(name, setup)
