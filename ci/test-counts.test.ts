import { describe, expect, it } from 'vitest'
import { closingLine, countCheck, countTests, sumCounts } from './test-counts.ts'

const report = (over: object = {}) =>
  JSON.stringify({
    numPassedTests: 5,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [{ name: 'a.test.ts', status: 'passed', assertionResults: [{}, {}] }],
    ...over,
  })

describe('the count of a run of vitest', () => {
  it('is what passed and failed', () => {
    expect(countTests(report(), 0)).toEqual({ passed: 5, failed: 0, problems: [] })
    expect(countTests(report({ numFailedTests: 2 }), 1)).toMatchObject({ passed: 5, failed: 2 })
  })

  it('takes a file that could not be loaded for a failure', () => {
    const testResults = [{ name: 'broken.test.ts', status: 'failed', assertionResults: [] }]
    expect(countTests(report({ testResults }), 1)).toEqual({
      passed: 5,
      failed: 1,
      problems: ['broken.test.ts could not be run'],
    })
  })

  it('takes a skipped test for a failure', () => {
    expect(countTests(report({ numPendingTests: 1, numTodoTests: 1 }), 0)).toMatchObject({ failed: 2 })
  })

  it('takes a run without tests for a failure', () => {
    const none = countTests(report({ numPassedTests: 0, testResults: [] }), 0)
    expect(none).toEqual({ passed: 0, failed: 1, problems: ['no test ran'] })
  })

  it('takes a missing or torn report for a failure', () => {
    expect(countTests(undefined, 0)).toMatchObject({ passed: 0, failed: 1 })
    expect(countTests('{"num', 0)).toMatchObject({ passed: 0, failed: 1 })
  })

  it('believes an exit code that says more than the report', () => {
    expect(countTests(report(), 1)).toMatchObject({ passed: 5, failed: 1 })
  })
})

describe('the sum of all parts', () => {
  it('counts a check as one', () => {
    expect(countCheck(0)).toMatchObject({ passed: 1, failed: 0 })
    expect(countCheck(2)).toMatchObject({ passed: 0, failed: 1 })
  })

  it('is one plain line', () => {
    const sum = sumCounts([countCheck(0), countCheck(1), countTests(report(), 0)])
    expect(closingLine(sum)).toBe('6 passed, 1 failed')
  })

  it('is a failure if nothing ran', () => {
    expect(sumCounts([])).toEqual({ passed: 0, failed: 1, problems: ['nothing ran'] })
  })
})
