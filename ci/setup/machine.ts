import { access, readFile } from 'node:fs/promises'
import { arch, freemem, release, totalmem } from 'node:os'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { runCommand } from './run-command.ts'

/** One thing about this machine that decides what can be played here. */
export interface MachineFact {
  readonly name: string
  /** `yes`, `no`, or `unknown` where it cannot be seen from here. */
  readonly there: 'yes' | 'no' | 'unknown'
  readonly detail: string
}

/** What this kernel and its tools can do for faults. Changes nothing; needs no root. */
export async function machineFacts(): Promise<readonly MachineFact[]> {
  const [config, filesystems, cgroups, fuse] = await Promise.all([
    readKernelConfig(),
    readFile('/proc/filesystems', 'utf8').catch(() => undefined),
    readFile('/proc/cgroups', 'utf8').catch(() => undefined),
    readable('/dev/fuse'),
  ])
  const unified = await readable('/sys/fs/cgroup/cgroup.controllers')
  return [
    { name: 'system', there: 'yes', detail: `${process.platform} ${release()}, ${arch()}, ${memory()}` },
    { name: 'node', there: 'yes', detail: process.version },
    netemFact(config),
    freezerFact(cgroups, unified),
    filesystemFact('overlay', filesystems, true),
    filesystemFact('fuse', filesystems, fuse),
    await toolFact('iptables', ['--version'], 'partitions'),
    await toolFact('nsenter', ['--version'], "rules in a container's network"),
  ]
}

/** Whether the kernel can delay, lose and reorder packets by itself; if not, latency comes from Toxiproxy alone. */
export function netemFact(kernelConfig: string | undefined): MachineFact {
  const name = 'netem'
  if (kernelConfig === undefined)
    return { name, there: 'unknown', detail: 'the kernel does not show its settings' }
  const set = /^CONFIG_NET_SCH_NETEM=([ym])$/m.exec(kernelConfig)?.[1]
  if (set === undefined) return { name, there: 'no', detail: 'the kernel was built without it' }
  return { name, there: 'yes', detail: set === 'y' ? 'in the kernel' : 'as a module' }
}

/** Whether containers can be frozen (docker pause), and which cgroups there are. */
export function freezerFact(cgroups: string | undefined, unified: boolean): MachineFact {
  const name = 'freezer'
  if (unified) return { name, there: 'yes', detail: 'cgroup v2' }
  if (cgroups === undefined) return { name, there: 'unknown', detail: 'no cgroups to be seen from here' }
  const enabled = cgroups.split('\n').some((line) => /^freezer\s+\d+\s+\d+\s+1$/.test(line.trim()))
  return { name, there: enabled ? 'yes' : 'no', detail: 'cgroup v1' }
}

/** Whether a kind of file system can be mounted: it is known to the kernel, and its device is there. */
export function filesystemFact(name: string, filesystems: string | undefined, device: boolean): MachineFact {
  if (filesystems === undefined) return { name, there: 'unknown', detail: 'no list of file systems' }
  const known = filesystems.split('\n').some((line) => line.split('\t').at(-1) === name)
  if (!known) return { name, there: 'no', detail: 'not among the file systems of this kernel' }
  return {
    name,
    there: device ? 'yes' : 'no',
    detail: device ? 'known to the kernel' : 'its device is missing',
  }
}

async function toolFact(tool: string, args: readonly string[], purpose: string): Promise<MachineFact> {
  const end = await runCommand(tool, args)
  const version = end.output.trim().split('\n')[0] ?? ''
  return end.code === 0
    ? { name: tool, there: 'yes', detail: version }
    : { name: tool, there: 'no', detail: `not installed here; needed for ${purpose}` }
}

/** The settings that the running kernel was built with, where it keeps them or the distribution left them. */
async function readKernelConfig(): Promise<string | undefined> {
  const packed = await readFile('/proc/config.gz').catch(() => undefined)
  if (packed !== undefined) return (await promisify(gunzip)(packed)).toString()
  return readFile(`/boot/config-${release()}`, 'utf8').catch(() => undefined)
}

function readable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function memory(): string {
  const gib = (bytes: number) => (bytes / 1024 ** 3).toFixed(1)
  return `${gib(freemem())} of ${gib(totalmem())} GiB memory free`
}
