import { describe, expect, it } from 'vitest'
import { readRun } from './read-run.ts'
import { recordFixture } from './record.fixture.ts'
import { reportsFixture } from './run-folder.fixture.ts'

const lines = [
  '{"kind":"run","format":"seawall-history","version":1,"runId":"r","experiment":"spike","seed":"1","startedAt":"x"}',
  '{"kind":"op","timeMs":12,"type":"invoke","process":"k6/3","action":"submit","id":"o-1","attempt":1,"digest":"9c"}',
  '{"kind":"op","timeMs":20,"type":"ok","process":"k6/3","action":"submit","id":"o-1","attempt":1,"status":202}',
]

async function readWith(history?: string) {
  await using reports = await reportsFixture()
  return await readRun(await reports.run(recordFixture(), history))
}

describe('reading a run for its report', () => {
  it('sums its history up', async () => {
    const { data, historyProblem } = await readWith(`${lines.join('\n')}\n`)
    expect(historyProblem).toBeUndefined()
    expect(data?.total).toMatchObject({ delivered: 1, ok: 1 })
  })

  it('takes a torn last line for what a killed writer leaves', async () => {
    const { data, historyProblem } = await readWith(`${lines.join('\n')}\n{"kind":"op","ti`)
    expect(historyProblem).toBeUndefined()
    expect(data?.total.ok).toBe(1)
  })

  it('shows the rest of a history that is broken in the middle, and names the line', async () => {
    const { data, historyProblem } = await readWith(
      `${[lines[0], 'rubbish', lines[1], lines[2]].join('\n')}\n`,
    )
    expect(historyProblem).toMatch(/line 2: expected a JSON object/)
    expect(data?.total.ok).toBe(1)
  })

  it.each([
    ['none', undefined],
    ['an empty one', ''],
  ])('says so where there is %s', async (_, history) => {
    const { data, historyProblem } = await readWith(history)
    expect(data).toBeUndefined()
    expect(historyProblem).toMatch(/left no history/)
  })
})
