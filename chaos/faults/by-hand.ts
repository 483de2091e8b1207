import type { UndoStep } from './fault.ts'

/** The command with which a person carries out one step; it is printed where a heal failed. */
export function commandByHand(step: UndoStep): string {
  switch (step.do) {
    case 'container-start':
      return `docker start ${step.containerId}`
    case 'container-unpause':
      return `docker unpause ${step.containerId}`
    case 'container-update':
      return `docker update ${updateFlags(step.limits)} ${step.containerId}`
    case 'container-exec': {
      const user = step.user === undefined ? '' : `--user ${step.user} `
      return `docker exec ${user}${step.containerId} ${step.argv.map(quoted).join(' ')}`
    }
    case 'network-connect': {
      const aliases = step.aliases.map((alias) => `--alias ${alias} `).join('')
      const address = step.ipv4 === '' ? '' : `--ip ${step.ipv4} `
      return `docker network connect ${address}${aliases}${step.network} ${step.containerId}`
    }
    case 'toxic-remove':
      return `curl -X DELETE ${step.toxiproxyUrl}/proxies/${step.proxyName}/toxics/${step.toxic}`
    case 'proxy-enable':
      return `curl -X POST -d '{"enabled":true}' ${step.toxiproxyUrl}/proxies/${step.proxyName}`
    case 'proxy-upstream':
      return `curl -X POST -d '{"upstream":"${step.upstream}"}' ${step.toxiproxyUrl}/proxies/${step.proxyName}`
    case 'qdisc-remove':
      return inNetns(step.containerId, `tc qdisc del dev ${step.device} root`)
    case 'rules-remove':
      return inNetns(
        step.containerId,
        `sh -c "iptables-save | grep -v -- ${step.comment} | iptables-restore"`,
      )
  }
}

const updateFlagNames: Readonly<Record<string, string>> = {
  CpuQuota: '--cpu-quota',
  CpuPeriod: '--cpu-period',
  Memory: '--memory',
  MemorySwap: '--memory-swap',
}

function updateFlags(limits: Readonly<Record<string, number>>): string {
  return Object.entries(limits)
    .map(([name, value]) =>
      name === 'NanoCpus' ? `--cpus ${value / 1e9}` : `${updateFlagNames[name] ?? name} ${value}`,
    )
    .join(' ')
}

function inNetns(containerId: string, command: string): string {
  return `nsenter -t $(docker inspect -f '{{.State.Pid}}' ${containerId}) -n ${command}`
}

function quoted(word: string): string {
  return /^[\w./:=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
