import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { diskFull } from './disk-full.ts'
import { fakeEngine } from './engine.fixture.ts'

describe('disk-full', () => {
  it('is felt by free space and a refused write, and gone after the heal', async () => {
    await using engine = await fakeEngine()
    let full = false
    engine.onExec = (argv) => {
      if (argv[3] === 'fill') full = true
      if (argv[0] === 'rm') full = false
      return { stdout: full ? '0\nrefused\n' : '4096\nwritten\n' }
    }
    const target = engine.target({ dataPath: '/data' })
    const { evidence } = await keepsTheContract({ kind: 'disk-full', target, runId: engine.context.runId })
    expect(evidence).toBe('/data of worker-1 has 0 KB free; a write of 64 KB is refused')
  })

  it('says why a volume was not filled', async () => {
    await using engine = await fakeEngine()
    engine.onExec = () => ({ exitCode: 3 })
    const fault = diskFull.create(engine.target({ dataPath: '/data' }), { leaveKb: 0 }, engine.context)
    await expect(fault.inject(new AbortController().signal)).rejects.toThrow(
      'could not fill /data of worker-1',
    )
  })
})
