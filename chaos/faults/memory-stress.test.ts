import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'
import { memoryStress } from './memory-stress.ts'

describe('memory-stress', () => {
  it('is felt by the memory that its process holds, and gone after the heal', async () => {
    await using engine = await fakeEngine()
    engine.state.limits.Memory = 256 * 1024 ** 2
    let holding = false
    engine.onExec = (argv) => {
      if (argv[3] === 'hold') holding = true
      if (argv[3] === 'heal') holding = false
      const pages = (64 * 1024 ** 2) / 4_096
      const held = `100 (tail) S 1 1 1 0 -1 0 0 0 0 0 1 0 0 0 20 0 1 0 5 0 ${pages}`
      if (argv[3] === 'look') return { stdout: holding ? held : '' }
      return { stdout: '/sys/fs/cgroup/memory.current 104857600' }
    }
    const example = { kind: 'memory-stress', target: engine.target(), runId: engine.context.runId }
    const { evidence } = await keepsTheContract(example)
    expect(evidence).toMatch(/^foreign processes hold 64 MiB of the 100 MiB in use in worker-1/)
  })

  it('refuses a target without a memory limit: it would stress the machine', async () => {
    await using engine = await fakeEngine()
    const fault = memoryStress.create(engine.target(), { megabytes: 64 }, engine.context)
    await expect(fault.inject(new AbortController().signal)).rejects.toThrow('worker-1 has no memory limit')
  })
})
