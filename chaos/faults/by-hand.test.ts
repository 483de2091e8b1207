import { describe, expect, it } from 'vitest'
import { commandByHand } from './by-hand.ts'
import type { UndoStep } from './fault.ts'

const at = { toxiproxyUrl: 'http://127.0.0.1:8474', proxyName: 'api-1-to-store' }

const commands: readonly (readonly [UndoStep, string])[] = [
  [{ do: 'container-start', containerId: 'c1' }, 'docker start c1'],
  [{ do: 'container-unpause', containerId: 'c1' }, 'docker unpause c1'],
  [
    { do: 'container-update', containerId: 'c1', limits: { CpuQuota: -1, Memory: 1024 } },
    'docker update --cpu-quota -1 --memory 1024 c1',
  ],
  [
    { do: 'container-update', containerId: 'c1', limits: { NanoCpus: 500_000_000 } },
    'docker update --cpus 0.5 c1',
  ],
  [
    { do: 'container-exec', containerId: 'c1', argv: ['sh', '-c', "echo 'a'"], user: '0' },
    `docker exec --user 0 c1 sh -c 'echo '\\''a'\\'''`,
  ],
  [
    { do: 'network-connect', containerId: 'c1', network: 'net', aliases: ['a', 'b'], ipv4: '10.0.0.2' },
    'docker network connect --ip 10.0.0.2 --alias a --alias b net c1',
  ],
  [
    { do: 'toxic-remove', ...at, toxic: 'f1-downstream' },
    'curl -X DELETE http://127.0.0.1:8474/proxies/api-1-to-store/toxics/f1-downstream',
  ],
  [
    { do: 'proxy-enable', ...at },
    `curl -X POST -d '{"enabled":true}' http://127.0.0.1:8474/proxies/api-1-to-store`,
  ],
  [
    { do: 'proxy-upstream', ...at, upstream: 'store:9042' },
    `curl -X POST -d '{"upstream":"store:9042"}' http://127.0.0.1:8474/proxies/api-1-to-store`,
  ],
  [
    { do: 'rules-remove', containerId: 'c1', comment: 'seawall-r-f1' },
    `nsenter -t $(docker inspect -f '{{.State.Pid}}' c1) -n ` +
      'sh -c "iptables-save | grep -v -- seawall-r-f1 | iptables-restore"',
  ],
  [
    { do: 'qdisc-remove', containerId: 'c1', device: 'eth0' },
    `nsenter -t $(docker inspect -f '{{.State.Pid}}' c1) -n tc qdisc del dev eth0 root`,
  ],
]

describe('the command by hand', () => {
  it.each(commands)('for %o', (step, command) => {
    expect(commandByHand(step)).toBe(command)
  })
})
