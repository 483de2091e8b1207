import type Dockerode from 'dockerode'
import { HarnessError } from '../kernel/errors.ts'
import { type CommandResult, type RunCommand, runCommand } from './host-command.ts'

/**
 * The network namespace of a container, entered from the host: `nsenter -t PID -n`. The container needs neither
 * iptables nor rights of its own, and cannot undo what was done to it.
 */
export function inNetns(pid: number, argv: readonly string[]): readonly string[] {
  return ['nsenter', '-t', String(pid), '-n', ...argv]
}

/**
 * The process in whose network namespace a running container lives, after a look whether it is one of this machine.
 * An Engine may be elsewhere, and its process numbers then are those of strangers here: nothing of theirs is touched.
 */
export async function processOf(
  info: Dockerode.ContainerInspectInfo,
  run: RunCommand = runCommand,
): Promise<number> {
  const { Pid } = info.State
  const { stdout } = await run(['cat', `/proc/${Pid}/cgroup`])
  if (stdout.includes(info.Id)) return Pid
  throw new HarnessError(
    'HARNESS_TARGET_FOREIGN',
    `expected process ${Pid} of this machine to be in the container ${info.Id.slice(0, 12)}, but it is not; ` +
      'nothing was touched',
    'faults in a network namespace need the Engine to be on this machine; look at DOCKER_HOST',
  )
}

/** Adds rules to a container's own firewall, each with the comment by which it is found again. */
export async function addRules(
  pid: number,
  rules: readonly (readonly string[])[],
  comment: string,
  run: RunCommand = runCommand,
): Promise<void> {
  for (const rule of rules) {
    const [chain = '', ...match] = rule
    const marked = insertComment(match, comment)
    await must(run, inNetns(pid, ['iptables', '-w', '10', '-I', chain, ...marked]))
  }
}

/** Removes every rule that carries the comment; nothing happens if there is none. */
export async function removeRules(pid: number, comment: string, run: RunCommand = runCommand): Promise<void> {
  const { stdout } = await must(run, inNetns(pid, ['iptables', '-w', '10', '-S']))
  for (const line of stdout.split('\n')) {
    if (!line.startsWith('-A ') || !commentOf(line, comment)) continue
    const words = line.slice('-A '.length).replaceAll('"', '').split(' ')
    await must(run, inNetns(pid, ['iptables', '-w', '10', '-D', ...words]))
  }
}

/** Takes a queueing discipline away from a device; nothing happens if it has none of its own. */
export async function removeQdisc(pid: number, device: string, run: RunCommand = runCommand): Promise<void> {
  const result = await run(inNetns(pid, ['tc', 'qdisc', 'del', 'dev', device, 'root']))
  const nothingThere = /No such file|Cannot delete qdisc with handle of zero|Invalid handle/.test(
    result.stderr,
  )
  if (result.exitCode !== 0 && !nothingThere) throw failed(['tc', 'qdisc', 'del'], result)
}

function commentOf(line: string, comment: string): boolean {
  return new RegExp(`--comment "?${comment.replace(/[^\w-]/g, '\\$&')}"?( |$)`).test(line)
}

function insertComment(match: readonly string[], comment: string): readonly string[] {
  const jump = match.indexOf('-j')
  const at = jump < 0 ? match.length : jump
  return [...match.slice(0, at), '-m', 'comment', '--comment', comment, ...match.slice(at)]
}

/** Runs what has to succeed. */
export async function must(run: RunCommand, argv: readonly string[]): Promise<CommandResult> {
  const result = await run(argv)
  if (result.exitCode !== 0) throw failed(argv, result)
  return result
}

function failed(argv: readonly string[], result: CommandResult): HarnessError {
  return new HarnessError(
    'HARNESS_INTERNAL',
    `expected \`${argv.join(' ')}\` to succeed, got exit code ${result.exitCode}: ${result.stderr.trim()}`,
    'rules need root, nsenter and iptables on the machine of the Engine; `npm run doctor` says what is missing',
  )
}
