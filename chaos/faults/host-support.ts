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

async function tryInNewNetns(argv: readonly string[], run: RunCommand): Promise<string | undefined> {
  const nsenter = await run(['nsenter', '--version'])
  if (nsenter.exitCode !== 0) return 'nsenter is not there: this needs Linux, on the machine of the Engine'
  const tried = await run(['unshare', '-n', ...argv])
  if (tried.exitCode === 0) return undefined
  return `\`${argv.join(' ')}\` fails in a network namespace of its own: ${tried.stderr.trim().split('\n')[0]}`
}
