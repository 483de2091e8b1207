import { defineConfig } from 'vitest/config'

/**
 * Three layers of tests, told apart by their names:
 * `x.test.ts` needs nothing; `x.container.test.ts` needs the Engine and our images; `x.browser.test.ts` needs Chromium.
 */
const containers = ['**/*.container.test.ts', 'scenarios/experiments.test.ts']
const browser = ['**/*.browser.test.ts']
const never = ['**/node_modules/**', 'reports/runs/**', '.seawall/**']

export default defineConfig({
  test: {
    retry: 0,
    passWithNoTests: false,
    teardownTimeout: 60_000,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...never, ...containers, ...browser],
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'containers',
          include: containers,
          exclude: never,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 300_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'browser',
          include: browser,
          exclude: never,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
