import { type ComponentType, lazy } from 'react'
import type { ReceiptPanelProps } from './receipt-panel-props.ts'

/** Parts that the first screen does not need, each in a file of its own that is fetched when it is first shown. */
const modules = import.meta.glob<Record<string, ComponentType<ReceiptPanelProps> & ComponentType>>([
  '/src/ui/inspector/ReceiptPanel.tsx',
  '/src/ui/memory/MemoryPage.tsx',
  '/src/ui/models/ModelsPage.tsx',
  '/src/ui/settings/SettingsPage.tsx',
  '/src/ui/notices/Notices.tsx',
])

function page(path: string, name: string): ComponentType<ReceiptPanelProps> & ComponentType {
  const load = modules[path]
  if (!load) return () => null
  return lazy(async () => {
    const found = (await load())[name]
    if (!found) throw new Error(`Longhand bug: ${path} has no ${name}`)
    return { default: found as ComponentType }
  }) as ComponentType<ReceiptPanelProps> & ComponentType
}

export const ReceiptPanel: ComponentType<ReceiptPanelProps> = page('/src/ui/inspector/ReceiptPanel.tsx', 'ReceiptPanel')
export const MemoryPage: ComponentType = page('/src/ui/memory/MemoryPage.tsx', 'MemoryPage')
export const ModelsPage: ComponentType = page('/src/ui/models/ModelsPage.tsx', 'ModelsPage')
export const SettingsPage: ComponentType = page('/src/ui/settings/SettingsPage.tsx', 'SettingsPage')
export const Notices: ComponentType = page('/src/ui/notices/Notices.tsx', 'Notices')
