import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { promisify } from 'node:util'

/**
 * Who holds a run: one process, told apart from every other that ever had its number by the moment of its start, on
 * one machine between two boots. It is written on all that a run makes, as `seawall.lease`.
 */
export interface Lease {
  readonly host: string
  readonly boot: string
  readonly pid: number
  readonly started: string
}

/** `elsewhere`: on another machine that uses the same Engine; from here nobody can say whether it lives. */
export type Holder = 'alive' | 'dead' | 'elsewhere'

/** What a lease is compared with; handed in by tests. */
export interface ProcessTable {
  readonly host: string
  readonly boot: string
  /** When the process began, in the machine's own words; undefined if it is gone, or a zombie. */
  startOf(pid: number): Promise<string | undefined>
}

export const leaseLabel = 'seawall.lease'

export function formatLease({ host, boot, pid, started }: Lease): string {
  return [host, boot, String(pid), started].map(encodeURIComponent).join('/')
}

export function parseLease(text: string): Lease | undefined {
  const parts = text.split('/')
  const [host = '', boot = '', pid = '', started = ''] = parts.map((part) => unescaped(part))
  if (parts.length !== 4 || host === '' || !/^[1-9]\d*$/.test(pid) || started === '') return undefined
  return { host, boot, pid: Number(pid), started }
}

/** The lease of a process that runs here, by default of this one. */
export async function leaseOf(pid = process.pid, table?: ProcessTable): Promise<Lease> {
  const { host, boot, startOf } = table ?? (await processTable())
  const started = await startOf(pid)
  if (started === undefined) throw new Error(`there is no process ${pid} that could hold a lease`)
  return { host, boot, pid, started }
}

export async function holderOf(lease: Lease, table?: ProcessTable): Promise<Holder> {
  const { host, boot, startOf } = table ?? (await processTable())
  if (lease.host !== host) return 'elsewhere'
  // Of what ran before this boot, nothing lives.
  if (lease.boot !== boot) return 'dead'
  return (await startOf(lease.pid)) === lease.started ? 'alive' : 'dead'
}

async function processTable(): Promise<ProcessTable> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return {
    host: hostname(),
    boot: boot.trim().slice(0, 8),
    startOf: (pid) => (process.platform === 'linux' ? startInProc(pid) : startByPs(pid)),
  }
}

async function startInProc(pid: number): Promise<string | undefined> {
  try {
    return startInStat(await readFile(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return undefined
  }
}

/**
 * The start of a process in ticks since the boot, field 22 of proc_pid_stat(5); undefined for one that has ended and
 * only waits for its parent. The name in field 2 may hold anything, so fields count from the last parenthesis.
 */
export function startInStat(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const state = fields[0] ?? ''
  return 'ZXx'.includes(state) ? undefined : fields[19]
}

async function startByPs(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,lstart=', '-p', String(pid)])
    const [state = '', ...start] = stdout.trim().split(/\s+/)
    return state.startsWith('Z') || start.length === 0 ? undefined : start.join(' ')
  } catch {
    return undefined
  }
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
