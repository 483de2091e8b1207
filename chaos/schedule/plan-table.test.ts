import { describe, expect, it } from 'vitest'
import { planTable } from './plan-table.ts'
import type { ScheduledFault } from './schedule.ts'

describe('the table of a plan', () => {
  it('has one injection a line, in the order of time, conditions last', () => {
    const schedule: ScheduledFault[] = [
      {
        id: 'f1',
        kind: 'container-pause',
        target: { role: 'worker', by: 'most-unacknowledged' },
        start: { condition: { reading: 'backlog', above: 500 }, deadlineMs: 50_000 },
        forMs: 2_000,
        options: {},
      },
      {
        id: 'f2',
        kind: 'container-kill',
        target: 'worker-1',
        start: { atMs: 16_000 },
        forMs: 3_000,
        options: {},
      },
      {
        id: 'f3',
        kind: 'latency',
        target: 'api-1->broker',
        start: { atMs: 8_500 },
        forMs: 90_000,
        options: { delayMs: 200, direction: 'both' },
      },
    ]
    expect(planTable(schedule)).toBe(
      [
        'id  when                        for         fault            target                                    options',
        'f3  at 8.5 s                    1 min 30 s  latency          api-1->broker                             delayMs=200 direction="both"',
        'f2  at 16 s                     3 s         container-kill   worker-1',
        'f1  backlog above 500, by 50 s  2 s         container-pause  the worker chosen by most-unacknowledged',
      ].join('\n'),
    )
  })

  it('says so where there are no faults', () => {
    expect(planTable([])).toBe('no faults: the load alone')
  })
})
