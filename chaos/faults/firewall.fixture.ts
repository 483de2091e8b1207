import { containerId } from './engine.fixture.ts'
import type { CommandResult, RunCommand } from './host-command.ts'

/** One container's firewall and paths, as nsenter, iptables and bash would show them; nothing of the host is touched. */
export interface FirewallFixture {
  readonly run: RunCommand
  /** As `iptables -S` prints them. */
  readonly rules: string[]
  readonly commands: string[]
  /** Addresses that answer nobody, also not this machine. */
  readonly away: Set<string>
  /** Takes rules and does not keep them. */
  deaf: boolean
  /** To whom the process 4242 of this machine belongs. */
  containerOf4242: string
}

const policies = ['-P INPUT ACCEPT', '-P FORWARD ACCEPT', '-P OUTPUT ACCEPT']

export function firewallFixture(): FirewallFixture {
  let retransmitted = 0
  const fixture: FirewallFixture = {
    run,
    rules: [],
    commands: [],
    away: new Set(),
    deaf: false,
    containerOf4242: containerId,
  }

  async function run(argv: readonly string[]): Promise<CommandResult> {
    const line = argv.join(' ')
    fixture.commands.push(line)
    if (line === 'cat /proc/4242/cgroup') return ended(0, `0::/docker/${fixture.containerOf4242}\n`)
    const inside = line.startsWith('nsenter -t 4242 -n ')
    if (line.includes(' tc ')) return ended(0)
    if (line.includes('iptables')) return firewall(argv.slice(argv.indexOf('10') + 1))
    if (line.includes('/proc/net/netstat')) {
      return ended(0, `TcpExt: SyncookiesSent TCPSynRetrans\nTcpExt: 0 ${retransmitted}\n`)
    }
    const lossy = inside && fixture.rules.some((rule) => rule.includes('statistic'))
    if (line.includes('seq ')) {
      retransmitted += lossy ? 3 : 0
      return ended(0, lossy ? 'late\nlate\n' : '')
    }
    const address = /\/dev\/tcp\/([\d.]+)\//.exec(line)?.[1] ?? ''
    return isCut(inside, address) ? ended(124) : ended(1, '', 'bash: connect: Connection refused')
  }

  function firewall([verb, ...words]: readonly string[]): CommandResult {
    if (verb === '-S') return ended(0, [...policies, ...fixture.rules].join('\n'))
    if (verb === '-nvxL') return ended(0, counters(fixture.rules))
    // As iptables does it: a bare address becomes a network of one, and a rule is printed with -A.
    const rule = `-A ${words.join(' ')}`.replace(/(-[sd] [\d.]+)(?![\d./])/, '$1/32')
    if (verb === '-I' && !fixture.deaf) fixture.rules.unshift(rule)
    if (verb === '-D') fixture.rules.splice(fixture.rules.indexOf(rule), 1)
    return ended(0)
  }

  function isCut(inside: boolean, address: string): boolean {
    if (fixture.away.has(address)) return true
    return inside && fixture.rules.some((rule) => rule.includes(`${address}/32`) || rule.includes('! -'))
  }
  return fixture
}

function counters(rules: readonly string[]): string {
  const of = (chain: string) =>
    rules
      .filter((rule) => rule.startsWith(`-A ${chain} `) && rule.endsWith('DROP'))
      .map(() => '       9      540 DROP       all  --  *      *       0.0.0.0/0     172.20.0.6')
  return ['INPUT', 'FORWARD', 'OUTPUT']
    .flatMap((chain) => [`Chain ${chain} (policy ACCEPT 1 packets, 60 bytes)`, ...of(chain), ''])
    .join('\n')
}

function ended(exitCode: number, stdout = '', stderr = ''): CommandResult {
  return { exitCode, stdout, stderr }
}
