import { serveInMemory } from '../../system-under-test/api/served.fixture.ts'

// A process of its own for the bench of the instrumentation: with a collector's address as its argument it traces. It
// prints where it answers, and at its end the milliseconds of processor time that it took.
// 2 to 5 ms: what a broker takes to make an order safe on an idle machine.
const service = await serveInMemory(process.argv[2], { confirmMs: () => 2 + 3 * Math.random() })
process.stdout.write(`${service.url}\n`)
process.once('SIGTERM', async () => {
  const { user, system } = process.cpuUsage()
  process.stdout.write(`${(user + system) / 1_000}\n`)
  await service[Symbol.asyncDispose]()
  process.exit(0)
})
