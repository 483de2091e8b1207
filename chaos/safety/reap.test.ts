import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { UndoStep } from '../faults/fault.ts'
import { fakeClock } from '../kernel/fake-clock.ts'
import { type ReapOptions, reapRun } from './reap.ts'
import type { Sweep } from './remove-run.ts'
import { readPending } from './undo-journal.ts'

const step = (containerId: string): UndoStep => ({ do: 'container-unpause', containerId })
const nothing: Sweep = { removed: [], left: [] }

describe('reaping a dead run', () => {
  let journalPath: string
  let folder: string
  const acts: string[] = []
  const clock = fakeClock()
  const events: string[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seawall-reap-'))
    journalPath = join(folder, 'undo.ndjson')
    acts.length = 0
    events.length = 0
  })
  afterEach(() => rm(folder, { recursive: true }))

  const inject = (fault: string, ...steps: UndoStep[]) => {
    const undo = { fault, faultKind: 'container-pause', target: 'worker-1', steps, byHand: 'docker unpause' }
    return appendFile(journalPath, `${JSON.stringify({ undo })}\n`)
  }
  /** The reaper reads real files, which a jump of the fake clock cannot wait for: time passes while it works. */
  const reap = async (change: Partial<ReapOptions> = {}) => {
    let over = false
    const work = reapRun({
      docker: undefined as never,
      runId: 'run-1',
      journalPath,
      clock,
      log: (event) => events.push(event),
      carryOut: async (done) => void acts.push('containerId' in done ? done.containerId : done.do),
      sweep: async () => nothing,
      ...change,
    }).finally(() => {
      over = true
    })
    while (!over) await clock.advance(100)
    return work
  }

  it('heals newest first, marks each, and then removes', async () => {
    await inject('f1', step('c1'), step('c2'))
    await inject('f2', step('c3'))
    const sweep = async () => {
      acts.push('sweep')
      return nothing
    }
    const report = await reap({ sweep })
    expect(acts.slice(0, 4)).toEqual(['c3', 'c1', 'c2', 'sweep'])
    expect(report).toEqual({ healed: ['f2', 'f1'], healFailed: [], removed: [], left: [] })
    expect(await readPending(journalPath)).toEqual([])
  })

  it('heals nothing twice: a second reaper finds the marks of the first', async () => {
    await inject('f1', step('c1'))
    await reap()
    await reap()
    expect(acts).toEqual(['c1'])
  })

  it('goes on after a heal that fails or hangs, and leaves it unmarked', async () => {
    await inject('f1', step('c1'))
    await inject('f2', step('hangs'))
    await inject('f3', step('fails'))
    const carryOut = async (done: UndoStep) => {
      const id = 'containerId' in done ? done.containerId : ''
      acts.push(id)
      if (id === 'fails') throw new Error('no such container')
      if (id === 'hangs') await new Promise(() => undefined)
    }
    const report = await reap({ carryOut })
    expect(acts).toEqual(['fails', 'hangs', 'c1'])
    expect(report).toMatchObject({
      healed: ['f1'],
      healFailed: [
        'f3 on worker-1: Error: no such container',
        expect.stringContaining('did not end within 4 s'),
      ],
    })
    expect((await readPending(journalPath)).map(({ fault }) => fault)).toEqual(['f3', 'f2'])
  })

  it('sweeps until nothing has been there for two seconds, since the Engine may still be creating', async () => {
    const sweeps: Sweep[] = [nothing, nothing, { removed: ['late'], left: [] }]
    let count = 0
    const report = await reap({ sweep: async () => sweeps[count++] ?? nothing })
    expect(report.removed).toEqual(['late'])
    expect(count).toBe(6)
  })

  it('tries again what would not go, and an Engine that is away', async () => {
    const sweeps = [
      async () => Promise.reject(new Error('ECONNREFUSED')),
      async () => ({ removed: [], left: ['worker-1: is being removed'] }),
      async () => ({ removed: ['worker-1'], left: [] }),
    ]
    let count = 0
    const report = await reap({ sweep: async () => (await sweeps[count++]?.()) ?? nothing })
    expect(report).toMatchObject({ removed: ['worker-1'], left: [] })
  })

  it('gives up after five minutes and says what is left', async () => {
    const report = await reap({ sweep: async () => ({ removed: [], left: ['net-1: has endpoints'] }) })
    expect(report.left).toEqual(['net-1: has endpoints'])
    expect(events).toContain('left')
  })
})
