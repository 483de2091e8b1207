import { describe, expect, it } from 'vitest'
import { randomFrom } from '../../chaos/kernel/random.ts'
import { compileProgram } from './simulated-process.ts'
import { SimulatedReplica } from './simulated-replica.ts'
import { createVirtualTime } from './virtual-time.ts'

/** A replica that needs this long to finish what it has begun; `lives` are those that were started. */
function replicaThatStopsIn(ms: number) {
  const time = createVirtualTime()
  const lives: string[] = []
  const replica = new SimulatedReplica({
    name: 'worker-1',
    role: 'worker',
    program: compileProgram('', 'program.cjs'),
    random: randomFrom('s'),
    time,
    log: () => undefined,
    boot(_process, life) {
      lives.push(`${life} at ${time.nowMs()}`)
      return { stop: () => time.sleep(ms) }
    },
  })
  replica.start()
  return { time, lives, replica }
}

describe('a replica', () => {
  it('that is started while it stops lives again as soon as it has stopped', async () => {
    const { time, lives, replica } = replicaThatStopsIn(3_000)
    replica.stop(10_000)
    time.after(1_000, () => replica.start())
    await time.play(2_999)
    expect(lives).toEqual(['worker-1#1 at 0'])
    await time.play(20_000)
    expect(lives).toEqual(['worker-1#1 at 0', 'worker-1#2 at 3000'])
    expect(replica.isAlive).toBe(true)
  })

  it('is killed when its grace is over, and then started', async () => {
    const { time, lives, replica } = replicaThatStopsIn(60_000)
    replica.stop(10_000)
    time.after(1_000, () => replica.start())
    await time.play(90_000)
    expect(lives).toEqual(['worker-1#1 at 0', 'worker-1#2 at 10000'])
  })

  it('stays away where nobody starts it, or where it was killed after that', async () => {
    const { time, lives, replica } = replicaThatStopsIn(3_000)
    replica.stop(10_000)
    await time.play(20_000)
    expect(replica.isAlive).toBe(false)
    replica.start()
    replica.stop(10_000)
    replica.start()
    replica.kill()
    await time.play(40_000)
    expect(replica.isAlive).toBe(false)
    expect(lives).toEqual(['worker-1#1 at 0', 'worker-1#2 at 20000'])
  })
})
