import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'
import { memoryStep } from './memory-step.ts'

const mebibyte = 1024 ** 2

describe('memory-limit', () => {
  it('is felt by the limit of the kernel, and the heal gives the old one back', async () => {
    await using engine = await fakeEngine()
    Object.assign(engine.state.limits, { Memory: 512 * mebibyte, MemorySwap: 512 * mebibyte })
    engine.onExec = () => ({
      stdout:
        `/sys/fs/cgroup/memory.max ${engine.state.limits.Memory}\n` +
        `/sys/fs/cgroup/memory.current ${100 * mebibyte}`,
    })
    const example = { kind: 'memory-limit', target: engine.target(), runId: engine.context.runId }
    const { evidence } = await keepsTheContract(example)
    expect(evidence).toBe("worker-1 uses 100 MiB; the kernel's limit is 132 MiB, before 512 MiB; 0 OOM kills")
    expect(engine.state.limits.Memory).toBe(512 * mebibyte)
  })

  it('has a way back where there was no limit: all the memory of the machine', async () => {
    await using engine = await fakeEngine()
    const step = await memoryStep(engine.target(), engine.context.runId)
    expect(step).toMatchObject({ limits: { Memory: 8 * 1024 ** 3, MemorySwap: -1 } })
  })
})
