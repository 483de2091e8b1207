import { expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'

it('cpu-stress is felt by the CPU time of its processes, and they are gone after the heal', async () => {
  await using engine = await fakeEngine()
  let running = 0
  let ticks = 0
  engine.onExec = (argv) => {
    if (argv[0] === 'timeout') running += 1
    if (argv[3] === 'heal') running = 0
    if (argv[3] !== 'look') return {}
    ticks += 4
    const process = (at: number) => `${100 + at} (sh) R 1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 1 0 5 0 300`
    return { stdout: Array.from({ length: running }, (_, at) => process(at)).join('\n') }
  }
  const example = { kind: 'cpu-stress', target: engine.target(), options: { processes: 3 } }
  const { evidence } = await keepsTheContract({ ...example, runId: engine.context.runId })
  expect(evidence).toBe('3 foreign processes in worker-1 took 120 ms of CPU during this look')
})
