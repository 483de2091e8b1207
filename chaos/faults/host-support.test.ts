import { describe, expect, it } from 'vitest'
import type { RunCommand } from './host-command.ts'
import { diskLimitsUnsupported, loopUnsupported, netemUnsupported, rulesUnsupported } from './host-support.ts'

function machine(answers: Readonly<Record<string, { exitCode: number; stderr?: string }>>): RunCommand {
  return async ([file = '']) => ({ exitCode: 127, stdout: '', stderr: '', ...answers[file] })
}

describe('what a machine supports', () => {
  it('is tried out in a network namespace of its own', async () => {
    const able = machine({ nsenter: { exitCode: 0 }, unshare: { exitCode: 0 } })
    expect(await rulesUnsupported([], able)).toBeUndefined()
    expect(await netemUnsupported(able)).toBeUndefined()
  })

  it('says that a kernel lacks netem, in its own words', async () => {
    const stderr = 'Error: Specified qdisc kind is unknown.\n'
    const unable = machine({ nsenter: { exitCode: 0 }, unshare: { exitCode: 2, stderr } })
    expect(await netemUnsupported(unable)).toBe(
      '`tc qdisc add dev lo root netem delay 1ms` fails in a network namespace of its own: ' +
        'Error: Specified qdisc kind is unknown.',
    )
  })

  it('says that it is no Linux machine, or not the one of the Engine', async () => {
    expect(await rulesUnsupported([], machine({}))).toContain('nsenter is not there')
  })

  it('says whether there can be disks of a run’s own', async () => {
    expect(await loopUnsupported(machine({ test: { exitCode: 0 } }))).toBeUndefined()
    expect(await loopUnsupported(machine({}))).toContain('/dev/loop-control is not there')
    const test = { exitCode: 0 }
    expect(await diskLimitsUnsupported(machine({ test, sh: { exitCode: 0 } }))).toBeUndefined()
    expect(await diskLimitsUnsupported(machine({ test }))).toContain('cannot limit writes')
    expect(await diskLimitsUnsupported(machine({ sh: { exitCode: 0 } }))).toContain('/dev/loop-control')
  })
})
