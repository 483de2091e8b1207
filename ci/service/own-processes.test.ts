import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePorts } from '../../system-under-test/topology/free-ports.ts'
import { OwnProcesses, type Place } from './own-processes.ts'
import { releaseOver } from './play-release.ts'

/** A process as the service's are, as far as its owner can tell; `FAILS` makes one that ends at once. */
const program = `
import { createServer } from 'node:http'
if (process.env.FAILS === process.env.REPLICA) process.exit(3)
const { COLOUR = 'none', REPLICA } = process.env
createServer((request, response) => {
  if (request.url === '/metrics') return response.end('http_requests_total{route="submit",status="202"} 5\\n')
  response.end(request.url === '/colour' ? COLOUR + ' ' + REPLICA : '{}')
}).listen(Number(process.env.HTTP_PORT), '127.0.0.1')
process.once('SIGTERM', () => process.exit(0))
`
// Starting a process takes a tenth of a second, and much more on a busy machine.
const patienceMs = 120_000

describe('the service as processes of this machine', () => {
  let folder: string
  let places: readonly Place[]
  let bundles: { readonly api: string; readonly worker: string }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'own-processes-'))
    const file = join(folder, 'program.mjs')
    await writeFile(file, program)
    bundles = { api: file, worker: file }
    const [api = 0, other = 0, worker = 0] = await freePorts(3)
    places = [
      { name: 'api-1', role: 'api', port: api },
      { name: 'api-2', role: 'api', port: other },
      { name: 'worker-1', role: 'worker', port: worker },
    ]
  })
  afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))

  const own = () =>
    new OwnProcesses({
      places,
      build: { bundles, settings: {} },
      env: { ...process.env, COLOUR: 'blue' },
      signal: new AbortController().signal,
    })
  const colours = () =>
    Promise.all(
      places.map(async ({ port }) => (await fetch(`http://127.0.0.1:${port}/colour`)).text().catch(String)),
    )

  it(
    'runs the new version in every place after a release, and the next one begins from there',
    async () => {
      await using processes = own()
      await processes.start()
      expect(await colours()).toEqual(['blue api-1', 'blue api-2', 'blue worker-1'])
      const told: string[] = []
      const play = releaseOver(processes, { bundles, folder, packages: folder })
      const order = { strategy: 'rolling', settings: { COLOUR: 'green' } } as const
      const end = await play(order, (line) => told.push(line), new AbortController().signal)
      expect(end).toEqual({ kind: 'released' })
      expect(told).toEqual(['worker-1', 'api-1', 'api-2'].map((slot) => `${slot}: runs the new version`))
      expect(await colours()).toEqual(['green api-1', 'green api-2', 'green worker-1'])

      const bad = { strategy: 'rolling', settings: { COLOUR: 'red', FAILS: 'api-2' } } as const
      const taken = await play(bad, () => undefined, new AbortController().signal)
      expect(taken).toEqual({ kind: 'rolled back', reason: 'api-2 ended with 3 before it was ready' })
      expect(await colours()).toEqual(['green api-1', 'green api-2', 'green worker-1'])
    },
    patienceMs,
  )

  it(
    'tells what each replica counted, and who does the same work',
    async () => {
      await using processes = own()
      await processes.start()
      const rollout = processes.rollout({ bundles, settings: {} })
      expect(await rollout.counts('api-1')).toMatchObject({ requests: 5, errors: 0 })
      expect([rollout.peersOf('api-1'), rollout.peersOf('worker-1')]).toEqual([['api-2'], []])
    },
    patienceMs,
  )

  it(
    'is gone when it is disposed of',
    async () => {
      {
        await using processes = own()
        await processes.start()
      }
      await expect(fetch(`http://127.0.0.1:${places[0]?.port}/colour`)).rejects.toThrow()
    },
    patienceMs,
  )
})
