import { defineConfig } from 'vitest/config'
import { ShortestFirst } from './shortest-first.ts'

/**
 * The tests that are shown each change of the judge: those beside it. Left out are the two walks over thousands of
 * random histories: the short ones see the same, and each change would cost seconds.
 */
export default defineConfig({
  test: {
    include: ['chaos/checkers/**/*.test.ts', 'chaos/history/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/*-at-length.test.ts', '**/fuzz.test.ts'],
    testTimeout: 60_000,
    // A worker for each file and each change would take most of the time.
    isolate: false,
    sequence: { sequencer: ShortestFirst },
  },
})
