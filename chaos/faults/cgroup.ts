import type Dockerode from 'dockerode'
import { execIn } from './docker-engine.ts'

/** What the kernel itself says of a container's limits and use, read inside it; version 1 and 2 of cgroups alike. */
export interface CgroupFacts {
  /** Share of one CPU that it may use; undefined without a limit. */
  readonly cpusMax: number | undefined
  readonly throttledPeriods: number
  /** Undefined without a limit. */
  readonly memoryBytesMax: number | undefined
  readonly memoryBytes: number
  readonly oomKills: number
}

const files = {
  quota: '/sys/fs/cgroup/cpu/cpu.cfs_quota_us',
  period: '/sys/fs/cgroup/cpu/cpu.cfs_period_us',
  stat: '/sys/fs/cgroup/cpu/cpu.stat',
  limit: '/sys/fs/cgroup/memory/memory.limit_in_bytes',
  usage: '/sys/fs/cgroup/memory/memory.usage_in_bytes',
  oom: '/sys/fs/cgroup/memory/memory.oom_control',
  quota2: '/sys/fs/cgroup/cpu.max',
  stat2: '/sys/fs/cgroup/cpu.stat',
  limit2: '/sys/fs/cgroup/memory.max',
  usage2: '/sys/fs/cgroup/memory.current',
  oom2: '/sys/fs/cgroup/memory.events',
}

export async function cgroupFacts(docker: Dockerode, containerId: string): Promise<CgroupFacts> {
  const list = Object.values(files).join(' ')
  const script = `for f in ${list}; do [ -f $f ] && while read -r line; do echo "$f $line"; done < $f; done; true`
  const { stdout } = await execIn(docker, containerId, ['sh', '-c', script])
  return parseCgroup(stdout)
}

/** Lines "FILE CONTENT", for those files that there are. */
export function parseCgroup(text: string): CgroupFacts {
  const lines = text.split('\n')
  const valuesOf = (file: string) =>
    lines.filter((line) => line.startsWith(`${file} `)).map((line) => line.slice(file.length + 1))
  const first = (...names: (keyof typeof files)[]) =>
    names.map((name) => valuesOf(files[name])[0]).find((value) => value !== undefined)
  const field = (name: string, ...from: (keyof typeof files)[]) => {
    const found = from.flatMap((file) => valuesOf(files[file])).find((value) => value.startsWith(`${name} `))
    return Number(found?.split(' ')[1] ?? 0)
  }
  const [quota = 'max', period2] = (first('quota', 'quota2') ?? 'max').split(' ')
  const period = Number(period2 ?? first('period') ?? 100_000)
  return {
    cpusMax: quota === 'max' || Number(quota) <= 0 ? undefined : Number(quota) / period,
    throttledPeriods: field('nr_throttled', 'stat', 'stat2'),
    memoryBytesMax: memoryLimit(first('limit', 'limit2') ?? 'max'),
    memoryBytes: Number(first('usage', 'usage2') ?? 0),
    oomKills: field('oom_kill', 'oom', 'oom2'),
  }
}

// Version 1 says "no limit" by the largest multiple of a page.
const unlimitedBytes = 2 ** 62

function memoryLimit(text: string): number | undefined {
  const bytes = Number(text)
  return text === 'max' || bytes >= unlimitedBytes ? undefined : bytes
}
