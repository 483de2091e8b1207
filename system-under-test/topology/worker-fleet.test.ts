import { describe, expect, it } from 'vitest'
import { orchestratorFleet } from '../scaling/orchestrator-fleet.ts'
import { serveFleet } from './serve-fleet.ts'
import { type WorkerEngine, workerFleet } from './worker-fleet.ts'

const names = ['worker-1', 'worker-2', 'worker-3', 'worker-4']

/** An engine that does nothing by itself: starts and stops end when the test says so. */
function engineByHand() {
  const running = new Set(['worker-1', 'worker-2'])
  const pending = new Map<string, () => void>()
  const until = (name: string, act: () => void) =>
    new Promise<void>((resolve) => {
      pending.set(name, () => {
        pending.delete(name)
        act()
        resolve()
      })
    })
  const asked: string[] = []
  const engine: WorkerEngine = {
    running: async () => running,
    start(name) {
      asked.push(`start ${name}`)
      return until(name, () => running.add(name))
    },
    stop(name, graceMs) {
      asked.push(`stop ${name} within ${graceMs}`)
      return until(name, () => running.delete(name))
    },
  }
  return { engine, running, asked, end: (name: string) => pending.get(name)?.() }
}

function fleetByHand() {
  const world = engineByHand()
  return { ...world, fleet: workerFleet(names, 2, world.engine) }
}

describe('a fleet of workers', () => {
  it('counts those that start, and not those that leave', async () => {
    const { fleet, asked, end, running } = fleetByHand()
    const growing = fleet.grow()
    expect(await fleet.count()).toBe(3)
    end('worker-3')
    await growing
    const shrinking = fleet.shrink(9_000)
    expect([await fleet.count(), running.has('worker-3')]).toEqual([2, true])
    end('worker-3')
    await shrinking
    expect(asked).toEqual(['start worker-3', 'stop worker-3 within 9000'])
  })

  it('starts several side by side, each in a place of its own', async () => {
    const { fleet, asked, end } = fleetByHand()
    const growing = [fleet.grow(), fleet.grow()]
    expect(asked).toEqual(['start worker-3', 'start worker-4'])
    await expect(fleet.grow()).rejects.toThrow('no room for more than 4')
    end('worker-3')
    end('worker-4')
    await Promise.all(growing)
  })

  it('does not count one that died, and leaves it to whoever killed it', async () => {
    const { fleet, asked, running } = fleetByHand()
    running.delete('worker-1')
    expect(await fleet.count()).toBe(1)
    fleet.grow()
    expect(asked).toEqual(['start worker-3'])
  })

  it('gives a place free whose worker could not be started', async () => {
    const { engine } = engineByHand()
    const fleet = workerFleet(names, 2, {
      ...engine,
      start: () => Promise.reject(new Error('no such image')),
    })
    await expect(fleet.grow()).rejects.toThrow('no such image')
    await expect(fleet.grow()).rejects.toThrow('no such image')
    expect(await fleet.count()).toBe(2)
  })

  it('changes nothing once it is closed, and closes when those on their way are there', async () => {
    const { fleet, end, running } = fleetByHand()
    fleet.grow()
    let isClosed = false
    const closing = fleet.close().then(() => {
      isClosed = true
    })
    await expect(fleet.grow()).rejects.toThrow('the run is over')
    expect(isClosed).toBe(false)
    end('worker-3')
    await closing
    expect(running.has('worker-3')).toBe(true)
  })
})

describe('a fleet that is served', () => {
  it('is the same fleet to an autoscaler elsewhere', async () => {
    const { fleet, asked, end } = fleetByHand()
    await using served = await serveFleet(fleet, '127.0.0.1')
    const there = orchestratorFleet(`http://127.0.0.1:${served.port}`)
    expect(await there.count()).toBe(2)
    const growing = there.grow()
    await expect.poll(() => asked).toEqual(['start worker-3'])
    end('worker-3')
    await growing
    const shrinking = there.shrink(8_000)
    await expect.poll(() => asked.at(-1)).toBe('stop worker-3 within 8000')
    end('worker-3')
    await shrinking
    expect(await there.count()).toBe(2)
  })

  it('says why it could not, and what it does not know', async () => {
    const { fleet } = fleetByHand()
    await using served = await serveFleet(fleet, '127.0.0.1')
    const url = `http://127.0.0.1:${served.port}`
    await fleet.close()
    await expect(orchestratorFleet(url).grow()).rejects.toThrow(
      '409 to POST /workers/grow: {"error":"the run is',
    )
    const statusOf = async (path: string) => (await fetch(url + path, { method: 'POST' })).status
    expect([await statusOf('/workers'), await statusOf('/workers/shrink?graceMs=x')]).toEqual([404, 409])
  })
})
