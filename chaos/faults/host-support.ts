import { type RunCommand, runCommand } from './host-command.ts'

/**
 * Why rules cannot be set in a container's network namespace from here, in words; undefined where they can. Tried
 * out in a network namespace that is gone right after it.
 */
export function rulesUnsupported(
  match: readonly string[] = [],
  run: RunCommand = runCommand,
): Promise<string | undefined> {
  return tryInNewNetns(['iptables', '-w', '10', '-A', 'OUTPUT', ...match, '-j', 'DROP'], run)
}

/** Why this kernel cannot shape packets with netem, in words; undefined where it can. */
export function netemUnsupported(run: RunCommand = runCommand): Promise<string | undefined> {
  return tryInNewNetns(['tc', 'qdisc', 'add', 'dev', 'lo', 'root', 'netem', 'delay', '1ms'], run)
}

/** Why there can be no disk of a run's own here, in words; undefined where there can. */
export async function loopUnsupported(run: RunCommand = runCommand): Promise<string | undefined> {
  const { exitCode } = await run(['test', '-c', '/dev/loop-control'])
  if (exitCode === 0) return undefined
  return '/dev/loop-control is not there: this needs Linux with loop devices, on the machine of the Engine'
}

/** Why no disk of a run's own can be made slow here, in words; undefined where it can. */
export async function diskLimitsUnsupported(run: RunCommand = runCommand): Promise<string | undefined> {
  const noDisk = await loopUnsupported(run)
  if (noDisk !== undefined) return noDisk
  const { exitCode } = await run(['sh', '-c', hasDiskLimits])
  return exitCode === 0
    ? undefined
    : 'this kernel, or its cgroups as they are mounted, cannot limit writes a second'
}

const hasDiskLimits =
  'test -e /sys/fs/cgroup/blkio/blkio.throttle.write_iops_device || grep -qw io /sys/fs/cgroup/cgroup.controllers'

async function tryInNewNetns(argv: readonly string[], run: RunCommand): Promise<string | undefined> {
  const nsenter = await run(['nsenter', '--version'])
  if (nsenter.exitCode !== 0) return 'nsenter is not there: this needs Linux, on the machine of the Engine'
  const tried = await run(['unshare', '-n', ...argv])
  if (tried.exitCode === 0) return undefined
  return `\`${argv.join(' ')}\` fails in a network namespace of its own: ${tried.stderr.trim().split('\n')[0]}`
}
