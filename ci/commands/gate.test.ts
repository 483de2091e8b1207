import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { recordFixture } from '../../reports/record.fixture.ts'
import { reportsFixture } from '../../reports/run-folder.fixture.ts'
import type { RunRecord } from '../../reports/run-record.ts'
import { addGateCommand } from './gate.ts'
import { type } from './io.fixture.ts'

const commit = recordFixture().commit
const policy = {
  version: 1,
  mandatory: [{ experiment: 'spike', faultsMin: 1 }],
  ageHoursMax: 1e6,
  commit: 'same',
}

/** Types `seawall gate` with these stored runs. */
async function gate(
  records: readonly Partial<RunRecord>[],
  names: (folders: string[]) => string[],
  env = {},
) {
  await using reports = await reportsFixture()
  const folders: string[] = []
  for (const changes of records) folders.push(await reports.run(recordFixture(changes)))
  await writeFile(join(reports.root, 'policy.json'), JSON.stringify(policy))
  const where = ['--policy', join(reports.root, 'policy.json'), '--reports', reports.root]
  return await type(addGateCommand, ['gate', ...names(folders), '--commit', commit, ...where], { env })
}
const stored = () => []
const named = (folders: string[]) => folders

describe('seawall gate', () => {
  it('opens for a good run of this commit, and says why', async () => {
    const { out, exitCode } = await gate([{}], stored)
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^gate: pass\n {2}✓ spike kept its promises with seed 8f3a/)
  })

  it('counts every stored run of this commit: a red one is not hidden by playing it again', async () => {
    const { out, exitCode } = await gate([{ verdict: 'fail', sentence: '1 order is lost' }, {}], stored)
    expect(exitCode).toBe(1)
    expect(out).toContain('✗ spike fail: 1 order is lost')
  })

  it('passes over stored mutants, control runs, interrupted runs and runs of other commits', async () => {
    const others = [
      { mutant: 'M01', verdict: 'fail' as const },
      { faults: [] },
      { exitCode: 130 },
      { commit: 'other' },
    ]
    const { exitCode } = await gate([...others, {}], stored)
    expect(exitCode).toBe(0)
  })

  it('says what is wrong with the newest run where none is of this commit', async () => {
    const { out, exitCode } = await gate([{ commit: 'older' }, { commit: 'old' }], stored)
    expect(exitCode).toBe(2)
    expect(out).toBe('gate: unknown\n  ? spike is of commit old, expected 0123456789ab\n')
  })

  it('demands of runs that were named that each counts, and that each is there', async () => {
    const { out, exitCode } = await gate([{ mutant: 'M01' }], (folders) => [...folders, 'nowhere'])
    expect(exitCode).toBe(2)
    expect(out).toContain('? spike is a run of mutant M01')
    expect(out).toMatch(/\? nowhere is no run record: .*run\.json/)
  })

  it('writes annotations and the summary of the step on GitHub, and cannot be made to write others', async () => {
    await using reports = await reportsFixture()
    const summary = join(reports.root, 'summary.md')
    const sentence = 'lost\n::error::forged | <b>'
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary }
    const { out } = await gate([{ verdict: 'fail', sentence }], named, env)
    const annotations = out.split('\n').filter((line) => line.startsWith('::'))
    expect(annotations).toEqual(['::error title=gate%3A spike::fail: lost%0A::error::forged | <b>'])
    const text = await readFile(summary, 'utf8')
    expect(text).toContain('## Gate: fail')
    expect(text).not.toContain('<b>')
  })

  it('prints nothing but JSON with --json', async () => {
    const { out } = await gate([{}], () => ['--json'], { GITHUB_ACTIONS: 'true' })
    expect(JSON.parse(out).verdict).toBe('pass')
  })

  it('refuses a policy that is not there, naming the file', async () => {
    await using reports = await reportsFixture()
    await mkdir(join(reports.root, 'runs'))
    const words = ['gate', '--policy', join(reports.root, 'none.json'), '--reports', reports.root]
    await expect(type(addGateCommand, words)).rejects.toThrow(/HARNESS_CONFIG_INVALID.*none\.json/s)
  })
})
