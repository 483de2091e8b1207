/** What one part of `npm test` came to. */
export interface Counts {
  readonly passed: number
  readonly failed: number
  /** Why it failed, where the part's own output does not say so. */
  readonly problems: readonly string[]
}

/** What vitest's JSON reporter writes, as far as it is read here. */
interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests?: number
  readonly testResults: readonly {
    readonly name: string
    readonly status: string
    readonly assertionResults: readonly unknown[]
  }[]
}

/** A check without tests of its own (lint, types, dead code) counts as one. */
export function countCheck(exitCode: number): Counts {
  return exitCode === 0 ? { passed: 1, failed: 0, problems: [] } : { passed: 0, failed: 1, problems: [] }
}

/**
 * Counts a run of vitest from its report and its exit code. Whatever is not a plain success is at least one failure:
 * a file that could not be loaded, a skipped test, a report that is missing, a run in which no test ran.
 */
export function countTests(report: string | undefined, exitCode: number): Counts {
  const read = report === undefined ? undefined : parseReport(report)
  if (read === undefined)
    return { passed: 0, failed: 1, problems: [`no report; vitest ended with ${exitCode}`] }
  const passed = read.numPassedTests
  const broken = read.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  )
  const skipped = read.numPendingTests + (read.numTodoTests ?? 0)
  const problems = broken.map((file) => `${file.name} could not be run`)
  if (skipped > 0) problems.push(`${skipped} test(s) were skipped, and a skipped test proves nothing`)
  if (passed + read.numFailedTests === 0 && broken.length === 0) problems.push('no test ran')
  const failed = read.numFailedTests + broken.length + skipped + (problems.includes('no test ran') ? 1 : 0)
  if (exitCode === 0 || failed > 0) return { passed, failed, problems }
  return { passed, failed: 1, problems: [`vitest ended with ${exitCode} though no test failed`] }
}

function parseReport(text: string): VitestReport | undefined {
  try {
    return JSON.parse(text) as VitestReport
  } catch {
    return undefined
  }
}

/** All parts together. Nothing at all is a failure: a run that proved nothing is not green. */
export function sumCounts(all: readonly Counts[]): Counts {
  const passed = all.reduce((sum, counts) => sum + counts.passed, 0)
  const failed = all.reduce((sum, counts) => sum + counts.failed, 0)
  const problems = all.flatMap((counts) => counts.problems)
  return passed + failed === 0
    ? { passed, failed: 1, problems: [...problems, 'nothing ran'] }
    : { passed, failed, problems }
}

/** The last line of `npm test`, which machines read. */
export function closingLine({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`
}
