import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { cpuLimitsOf } from './cpu-limit.ts'
import { fakeEngine } from './engine.fixture.ts'

describe('cpu-limit', () => {
  it('is felt by the quota and the throttled periods of the kernel, and gone after the heal', async () => {
    await using engine = await fakeEngine()
    let throttled = 0
    engine.onExec = ([, , script = '']) => {
      const quota = engine.state.limits.CpuQuota ?? 0
      if (script.startsWith('i=0') && quota > 0) throttled += 1
      return { stdout: cgroupFiles(quota, throttled) }
    }
    const example = { kind: 'cpu-limit', target: engine.target(), options: { cpus: 0.25 } }
    const { evidence } = await keepsTheContract({ ...example, runId: engine.context.runId })
    expect(evidence).toMatch(/^the kernel gives worker-1 0.25 of CPUs and held it in 1 periods of this look/)
    expect(engine.state.limits.CpuQuota).toBe(-1)
  })

  it('is felt on a machine that is too busy to meet the quota: the work waits as long', async () => {
    await using engine = await fakeEngine()
    engine.onExec = ([, , script = '']) => ({
      stdout: script.startsWith('i=0')
        ? '10000000 18000000 3\n'
        : cgroupFiles(engine.state.limits.CpuQuota ?? 0, 0),
    })
    const example = { kind: 'cpu-limit', target: engine.target(), runId: engine.context.runId }
    // A quarter of a CPU makes 10 ms of work wait 30 ms; half of that is enough, a tenth of a CPU would need more.
    const { evidence } = await keepsTheContract({ ...example, options: { cpus: 0.25 } })
    expect(evidence).toContain('held it in 0 periods of this look, in which 10 ms of work waited 18 ms')
    const more = { ...example, options: { cpus: 0.1 }, feltWithinMs: 50 }
    await expect(keepsTheContract(more)).rejects.toThrow('cpu-limit to be felt')
  })

  it('is not felt where the Engine took the limit and the kernel did not', async () => {
    await using engine = await fakeEngine()
    engine.onExec = () => ({ stdout: cgroupFiles(-1, 0) })
    const example = { kind: 'cpu-limit', target: engine.target(), runId: engine.context.runId }
    await expect(keepsTheContract({ ...example, feltWithinMs: 50 })).rejects.toThrow('any number of CPUs')
  })

  it('goes back to what was said, in the way in which it was said', () => {
    expect(cpuLimitsOf({ NanoCpus: 0, CpuQuota: 0 })).toEqual({ CpuQuota: -1 })
    expect(cpuLimitsOf({ NanoCpus: 5e8 })).toEqual({ NanoCpus: 5e8 })
    expect(cpuLimitsOf({ CpuQuota: 50_000, CpuPeriod: 0 })).toEqual({ CpuQuota: 50_000, CpuPeriod: 100_000 })
  })
})

function cgroupFiles(quota: number, throttled: number): string {
  const folder = '/sys/fs/cgroup/cpu'
  return [
    `${folder}/cpu.cfs_quota_us ${quota}`,
    `${folder}/cpu.cfs_period_us 100000`,
    `${folder}/cpu.stat nr_throttled ${throttled}`,
  ].join('\n')
}
