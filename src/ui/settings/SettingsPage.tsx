import { PageFrame } from '#ui/shell/PageFrame.tsx'
import { AboutSection, PrivacySection } from './AboutSection.tsx'
import { AppearanceSection } from './AppearanceSection.tsx'
import { BackupSection } from './BackupSection.tsx'
import { ImportSection } from './ImportSection.tsx'
import { MemorySection } from './MemorySection.tsx'
import { RepliesSection } from './RepliesSection.tsx'
import { StorageSection } from './StorageSection.tsx'
import { WritingSection } from './WritingSection.tsx'

/** Everything that can be set, and what is stored. */
export function SettingsPage() {
  return (
    <PageFrame title="Settings" lead="Kept in this browser and shared by its tabs. Every change holds at once.">
      <AppearanceSection />
      <RepliesSection />
      <MemorySection />
      <WritingSection />
      <StorageSection />
      <BackupSection />
      <ImportSection />
      <PrivacySection />
      <AboutSection />
    </PageFrame>
  )
}
