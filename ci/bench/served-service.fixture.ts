import { serveInMemory } from '../../system-under-test/api/served.fixture.ts'

// A process of its own for the bench of the instrumentation: with a collector's address as its argument it traces.
// 2 to 5 ms: what a broker takes to make an order safe on an idle machine.
const service = await serveInMemory(process.argv[2], { confirmMs: () => 2 + 3 * Math.random() })
process.stdout.write(`${service.url}\n`)
process.once('SIGTERM', async () => {
  await service[Symbol.asyncDispose]()
  process.exit(0)
})
