import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { attemptBytes, readBytes } from '../../chaos/history/ledger-layout.ts'
import { readRun } from '../read-run.ts'
import { recordFixture } from '../record.fixture.ts'
import { reportsFixture } from '../run-folder.fixture.ts'
import { logLines } from './log-lines.ts'
import { Stories } from './stories.ts'

const run = {
  kind: 'run',
  format: 'seawall-history',
  version: 1,
  runId: 'r',
  experiment: 'spike',
  seed: '1',
  startedAt: '',
  ledgerPrefix: 'r-',
} as const
const fault = { kind: 'fault', fault: 'f1', faultKind: 'container-kill', target: 'worker-1' } as const
const op = { kind: 'op', process: 'k6/1', action: 'submit', attempt: 1 } as const

const recordOf = (examples: Record<string, string[]>) => recordFixture({ result: { examples } })

describe('the stories of ids that broke a promise', () => {
  it('tell each step with the faults that were in', () => {
    const stories = new Stories(recordOf({ lost: ['r-7'], stuck: ['r-7'] }))
    for (const line of [
      run,
      { ...fault, timeMs: 5, event: 'injected' },
      { ...op, id: 'r-7', timeMs: 6, type: 'invoke', digest: 'aa' },
      { ...op, id: 'r-8', timeMs: 6, type: 'invoke', digest: 'aa' },
      { ...fault, timeMs: 7, event: 'healed' },
      { ...op, id: 'r-7', timeMs: 8, type: 'ok', status: 202 },
    ] as const)
      stories.see(line)
    const [story, ...others] = stories.end(new Map())
    expect(others).toEqual([])
    expect(story).toMatchObject({ id: 'r-7', classes: ['lost', 'stuck'] })
    expect(story?.steps).toEqual([
      { timeMs: 6, what: expect.stringContaining('invoke'), faults: ['f1 container-kill on worker-1'] },
      { timeMs: 8, what: expect.stringContaining('status 202'), faults: [] },
    ])
  })

  it('say of an id that was never found that it is in no place, once the places were read', () => {
    const told = (isRead: boolean) => {
      const stories = new Stories(recordOf({ lost: ['r-7'] }))
      stories.see(run)
      stories.see({ ...op, id: 'r-7', timeMs: 6, type: 'invoke', digest: 'aa' })
      if (isRead) stories.see({ kind: 'read-complete', timeMs: 99, place: 'store', count: 0 })
      return stories.end(new Map())[0]?.steps.at(-1)
    }
    expect(told(true)).toEqual({ timeMs: 99, what: 'found in no place', faults: [] })
    expect(told(false)?.what).toContain('invoke')
  })

  it('find them in packed lines too, with every effect of a read', () => {
    const stories = new Stories(recordOf({ duplicated: ['r-2'] }))
    stories.see(run)
    const attempts = Buffer.alloc(attemptBytes * 3)
    const reads = Buffer.alloc(readBytes * 4)
    for (const [index, n] of [1, 2, 3].entries()) {
      attempts.writeUInt32LE(n, index * attemptBytes)
      attempts.writeUInt8(1, index * attemptBytes + 4)
      attempts.writeUInt8(1, index * attemptBytes + 6)
    }
    for (const [index, n] of [1, 2, 2, 3].entries()) {
      reads.writeUInt32LE(n, index * readBytes)
      reads.writeUInt32LE(0xe0 + index, index * readBytes + 8)
    }
    stories.packed({ kind: '@ops', process: 'k6/1', records: attempts })
    stories.packed({ kind: '@reads', records: reads })
    const [story] = stories.end(new Map())
    expect(story?.steps).toHaveLength(3)
    expect(story?.steps.map(({ what }) => what).join()).toContain('effects [000000e1, 000000e2]')
  })

  it('keep an order that was sent a thousand times to the steps that a page can hold', () => {
    const stories = new Stories(recordOf({ lost: ['r-7'] }))
    stories.see(run)
    for (let attempt = 1; attempt <= 1_000; attempt += 1) {
      stories.see({ ...op, id: 'r-7', attempt, timeMs: attempt, type: 'invoke', digest: 'aa' })
    }
    const [story] = stories.end(new Map())
    expect(story?.steps).toHaveLength(41)
    expect(story?.steps[20]?.what).toBe('… 960 more steps …')
    expect(story?.steps.at(-1)?.timeMs).toBe(1_000)
  })
})

describe('the log lines of an id', () => {
  it('name it as a whole word, with their source, and are cut where they are long', async () => {
    await using reports = await reportsFixture()
    const folder = await reports.run(recordFixture())
    await mkdir(join(folder, 'logs'))
    await writeFile(
      join(folder, 'logs/worker-1.log'),
      `order r-7 acked\norder r-70 acked\n${'x'.repeat(900)} r-7\n`,
    )
    await writeFile(join(folder, 'logs/api-1.log'), '{"order":"r-7"}\n')
    const lines = (await logLines(folder, ['r-7', 'a.*(']))?.get('r-7')
    expect(lines?.map(({ source }) => source)).toEqual(['api-1', 'worker-1', 'worker-1'])
    expect(lines?.[2]?.text).toHaveLength(400)
  })

  it('are part of the run that is read', async () => {
    await using reports = await reportsFixture()
    const record = recordOf({ lost: ['r-7'] })
    const folder = await reports.run(record, `${JSON.stringify(run)}\n`)
    await mkdir(join(folder, 'logs'))
    await writeFile(join(folder, 'logs/worker-1.log'), 'order r-7 acked\n')
    expect((await readRun(folder)).stories).toEqual([
      { id: 'r-7', classes: ['lost'], steps: [], logs: [{ source: 'worker-1', text: 'order r-7 acked' }] },
    ])
  })
})
