import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRunBus } from './run-bus.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seawall-bus-'))
})
afterEach(() => rm(folder, { recursive: true }))

const fault = {
  kind: 'fault',
  timeMs: 10,
  event: 'felt',
  fault: 'f1',
  faultKind: 'latency',
  target: 'a->b',
} as const

async function eventsOf(): Promise<{ item: string; name?: string }[]> {
  const text = await readFile(join(folder, 'events.ndjson'), 'utf8')
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

describe('the bus of a run', () => {
  it('keeps phases, faults, readings and words in their order, and every repeat', async () => {
    {
      await using bus = openRunBus({ folder, runId: 'r1', experiment: 'spike' })
      bus.see({ kind: 'phase', timeMs: 0, phase: 'gate' })
      bus.see(fault)
      bus.see(fault)
      bus.see({ kind: 'observation', timeMs: 11, name: 'queue-depth', value: 812 })
      bus.say('healed')
      bus.see('@ops k6/1 AAAA')
    }
    const events = await eventsOf()
    expect(events.map(({ item, name }) => name ?? item)).toEqual([
      'phase',
      'fault felt',
      'fault felt',
      'measurement',
      'log',
    ])
  })

  it('gives two runs in one process a bus of their own', async () => {
    {
      await using one = openRunBus({ folder, runId: 'r1', experiment: 'spike' })
      await using other = openRunBus({ folder, runId: 'r2', experiment: 'spike' })
      one.say('one')
      other.say('other')
    }
    expect((await eventsOf()).length).toBe(2)
  })

  it('posts everything to a collector where one is named', async () => {
    const bodies: { events?: { name: string }[] }[] = []
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      bodies.push(JSON.parse(Buffer.concat(chunks).toString('utf8')))
      response.writeHead(202).end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const collectorUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/collect`
    const bus = openRunBus({ folder, runId: 'r1', experiment: 'spike', collectorUrl })
    bus.see(fault)
    await bus[Symbol.asyncDispose]()
    server.close()
    expect(bodies.flatMap(({ events = [] }) => events.map(({ name }) => name))).toEqual(['fault felt'])
    expect(bus.problem).toBeUndefined()
  })

  it('says that a collector did not answer, and ends all the same', async () => {
    const bus = openRunBus({
      folder,
      runId: 'r1',
      experiment: 'spike',
      collectorUrl: 'http://127.0.0.1:1/collect',
    })
    bus.see(fault)
    await bus[Symbol.asyncDispose]()
    expect(bus.problem).toContain('did not take 1 items')
  })
})
