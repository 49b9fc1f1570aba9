import { defineConfig } from '@playwright/test'
import base from './playwright.config.ts'

/** Long campaigns with real models, outside `npm test`. */
export default defineConfig({ ...base, testDir: 'e2e/campaigns', testIgnore: [] })
