import { describe, expect, it } from 'vitest'
import { parseCgroup } from './cgroup.ts'

describe('the files of a cgroup', () => {
  it('are read in version 1', () => {
    const text = `
/sys/fs/cgroup/cpu/cpu.cfs_quota_us 20000
/sys/fs/cgroup/cpu/cpu.cfs_period_us 100000
/sys/fs/cgroup/cpu/cpu.stat nr_periods 12
/sys/fs/cgroup/cpu/cpu.stat nr_throttled 7
/sys/fs/cgroup/memory/memory.limit_in_bytes 67108864
/sys/fs/cgroup/memory/memory.usage_in_bytes 1048576
/sys/fs/cgroup/memory/memory.oom_control oom_kill_disable 0
/sys/fs/cgroup/memory/memory.oom_control oom_kill 2`
    expect(parseCgroup(text)).toEqual({
      cpusMax: 0.2,
      throttledPeriods: 7,
      memoryBytesMax: 67_108_864,
      memoryBytes: 1_048_576,
      oomKills: 2,
    })
  })

  it('are read in version 2', () => {
    const text = `
/sys/fs/cgroup/cpu.max 150000 100000
/sys/fs/cgroup/cpu.stat nr_throttled 3
/sys/fs/cgroup/memory.max max
/sys/fs/cgroup/memory.current 4096
/sys/fs/cgroup/memory.events oom_kill 1`
    expect(parseCgroup(text)).toEqual({
      cpusMax: 1.5,
      throttledPeriods: 3,
      memoryBytesMax: undefined,
      memoryBytes: 4_096,
      oomKills: 1,
    })
  })

  it('say "no limit" in each version in its own way', () => {
    const one = `/sys/fs/cgroup/cpu/cpu.cfs_quota_us -1
/sys/fs/cgroup/memory/memory.limit_in_bytes 9223372036854771712`
    const two = '/sys/fs/cgroup/cpu.max max 100000\n/sys/fs/cgroup/memory.max max'
    for (const text of [one, two, '']) {
      expect(parseCgroup(text)).toMatchObject({ cpusMax: undefined, memoryBytesMax: undefined })
    }
  })
})
