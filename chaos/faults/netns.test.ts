import { describe, expect, it } from 'vitest'
import { firewallFixture } from './firewall.fixture.ts'
import { addRules, removeQdisc, removeRules } from './netns.ts'

describe('rules in a network namespace', () => {
  it('are removed by their whole comment, and others stay', async () => {
    const { run, rules } = firewallFixture()
    await addRules(4242, [['INPUT', '-s', '10.0.0.1', '-j', 'DROP']], 'seawall-r-f1', run)
    await addRules(4242, [['INPUT', '-s', '10.0.0.1', '-j', 'DROP']], 'seawall-r-f12', run)
    rules.push('-A OUTPUT -d 10.0.0.9/32 -j ACCEPT')
    await removeRules(4242, 'seawall-r-f1', run)
    expect(rules).toEqual([
      '-A INPUT -s 10.0.0.1/32 -m comment --comment seawall-r-f12 -j DROP',
      '-A OUTPUT -d 10.0.0.9/32 -j ACCEPT',
    ])
  })

  it('that cannot be set say what was tried and what came of it', async () => {
    const run = async () => ({ exitCode: 4, stdout: '', stderr: 'Permission denied (you must be root)' })
    await expect(addRules(7, [['INPUT', '-j', 'DROP']], 'c', run)).rejects.toThrow(
      'expected `nsenter -t 7 -n iptables -w 10 -I INPUT -m comment --comment c -j DROP` to succeed, ' +
        'got exit code 4: Permission denied',
    )
  })

  it('and a qdisc that is not there needs no removing', async () => {
    const gone = { exitCode: 2, stdout: '', stderr: 'Error: Cannot delete qdisc with handle of zero.' }
    await expect(removeQdisc(7, 'eth0', async () => gone)).resolves.toBeUndefined()
    const denied = { ...gone, stderr: 'RTNETLINK answers: Operation not permitted' }
    await expect(removeQdisc(7, 'eth0', async () => denied)).rejects.toThrow('not permitted')
  })
})
