import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'
import { powerLost } from './power-lost.ts'

const disk = { keeperId: 'c0ffee'.repeat(10), device: '/dev/loop3' }
const signal = new AbortController().signal

describe('power-lost', () => {
  it('is felt by what the disk has lost, and gone when the container runs again', async () => {
    await using engine = await fakeEngine()
    const scripts: string[] = []
    engine.onExec = ([, , text = '', ...words]) => {
      scripts.push(words.join(' '))
      return { stdout: text.includes('stat -c') ? '1048576\n0\n' : '' }
    }
    const target = engine.target({ dataPath: '/data', disk })
    const { evidence } = await keepsTheContract({ kind: 'power-lost', target, runId: engine.context.runId })
    expect(evidence).toMatch(
      /exit code 137 .* its disk has 1048576 of 1048576 bytes that were fsynced and 0 of 1048576 that were not$/,
    )
    expect(scripts.slice(0, 4)).toEqual([
      'disk /data/.seawall-f-power-lost-synced /data/.seawall-f-power-lost-unsynced',
      'disk /dev/loop3',
      'disk /dev/loop3 /mnt/.seawall-f-power-lost-synced',
      'disk /dev/loop3 /mnt/.seawall-f-power-lost-synced /mnt/.seawall-f-power-lost-unsynced',
    ])
  })

  it.each([
    ['all was kept: a mere kill', '1048576\n1048576\n'],
    ['what was fsynced is gone too: a disk that was replaced', '0\n0\n'],
  ])('is not felt where %s', async (_what, stdout) => {
    await using engine = await fakeEngine()
    engine.onExec = ([, , text = '']) => ({ stdout: text.includes('stat -c') ? stdout : '' })
    const fault = powerLost.create(engine.target({ dataPath: '/data', disk }), {}, engine.context)
    await fault.inject(signal)
    expect((await fault.isFelt(signal)).felt).toBe(false)
  })

  it('kills nothing where the disk could not be shut down', async () => {
    await using engine = await fakeEngine()
    engine.onExec = ([, , text = '']) => ({ exitCode: text.includes('ioctl') ? 1 : 0 })
    const fault = powerLost.create(engine.target({ dataPath: '/data', disk }), {}, engine.context)
    await expect(fault.inject(signal)).rejects.toThrow('the disk of worker-1: exit code 1')
    expect(engine.state.running).toBe(true)
  })
})
