import { describe, expect, it } from 'vitest'
import { history } from './build-history.ts'

describe('a history that is built by hand', () => {
  it('has what a test does not say filled in', () => {
    const lines = history().submit('a').ok().observed('depth', 3).finalRead(['a'])
    expect([...lines]).toStrictEqual([
      {
        kind: 'run',
        format: 'seawall-history',
        version: 1,
        runId: 'run-1',
        experiment: 'by-hand',
        seed: '1',
        startedAt: '2026-01-01T00:00:00.000Z',
      },
      {
        kind: 'op',
        timeMs: 0,
        type: 'invoke',
        digest: 'digest of a',
        process: 'client of a',
        action: 'submit',
        id: 'a',
        attempt: 1,
      },
      { kind: 'op', timeMs: 1, type: 'ok', process: 'client of a', action: 'submit', id: 'a', attempt: 1 },
      { kind: 'observation', timeMs: 2, name: 'depth', value: 3 },
      { kind: 'read', timeMs: 3, place: 'store', id: 'a', digest: 'digest of a', effects: ['effect of a'] },
      { kind: 'read-complete', timeMs: 4, place: 'store', count: 1 },
    ])
  })

  it('keeps what a test says', () => {
    const run = { runId: 'r', experiment: 'e', seed: 's', startedAt: 't', plan: {}, ledgerPrefix: 'o-' }
    const [first] = history(run)
    expect(first).toStrictEqual({ kind: 'run', format: 'seawall-history', version: 1, ...run })
    expect([...history().found('a', { place: 'queue', reason: 'r' })][1]).toStrictEqual({
      kind: 'read',
      timeMs: 0,
      place: 'queue',
      id: 'a',
      digest: 'digest of a',
      reason: 'r',
    })
  })
})
