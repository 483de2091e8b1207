import { expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { diskSlow } from './disk-slow.ts'
import { containerId, fakeEngine } from './engine.fixture.ts'

const disk = { keeperId: containerId, device: '/dev/loop3' }

it('disk-slow is felt by the time of fsynced writes, and gone after the heal', async () => {
  await using engine = await fakeEngine()
  let writesPerS = 'no'
  engine.onExec = ([, , lines = '', , device, , rate = '']) => {
    if (lines.includes('dd if='))
      return { stdout: `10.00 ${writesPerS === 'no' ? 10.01 : 10.81}\n11.00 11.01\n` }
    expect(device).toBe('/dev/loop3')
    writesPerS = rate
    return {}
  }
  const target = engine.target({ dataPath: '/data', disk })
  const { evidence } = await keepsTheContract({ kind: 'disk-slow', target, runId: engine.context.runId })
  expect(evidence).toBe(
    '8 fsynced writes took 810 ms on the disk of worker-1, 10 ms beside it; the limit asks for 800 ms',
  )
})

it('disk-slow is not felt on a machine whose every disk is slow', async () => {
  await using engine = await fakeEngine()
  engine.onExec = () => ({ stdout: '10.00 10.81\n11.00 11.80\n' })
  const fault = diskSlow.create(
    engine.target({ dataPath: '/data', disk }),
    { writesPerS: 10 },
    engine.context,
  )
  expect((await fault.isFelt(new AbortController().signal)).felt).toBe(false)
})
