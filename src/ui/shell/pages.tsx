import { lazy } from 'react'

/** Parts that the first screen does not need, each in a file of its own that is fetched when it is first shown. */
export const ReceiptPanel = lazy(async () => ({ default: (await import('#ui/inspector/ReceiptPanel.tsx')).ReceiptPanel }))
export const PlanPanel = lazy(async () => ({ default: (await import('#ui/inspector/PlanPanel.tsx')).PlanPanel }))
export const ComparePanel = lazy(async () => ({ default: (await import('#ui/inspector/ComparePanel.tsx')).ComparePanel }))
export const TapePanel = lazy(async () => ({ default: (await import('#ui/inspector/TapePanel.tsx')).TapePanel }))
export const MemoryPage = lazy(async () => ({ default: (await import('#ui/memory/MemoryPage.tsx')).MemoryPage }))
export const ModelsPage = lazy(async () => ({ default: (await import('#ui/models/ModelsPage.tsx')).ModelsPage }))
export const SettingsPage = lazy(async () => ({ default: (await import('#ui/settings/SettingsPage.tsx')).SettingsPage }))
export const Notices = lazy(async () => ({ default: (await import('#ui/notices/Notices.tsx')).Notices }))
