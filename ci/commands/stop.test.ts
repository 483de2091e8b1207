import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatLease } from '../../chaos/safety/lease.ts'
import { writeLeaseFile } from '../../chaos/safety/lease-file.ts'
import { type as typeCommand } from './io.fixture.ts'
import { addStopCommand } from './stop.ts'

/** An Engine that is certainly not there: nothing here needs one. */
const env = { DOCKER_HOST: 'tcp://127.0.0.1:1' }
const type = (...words: string[]) => typeCommand(addStopCommand, ['stop', ...words], { env })

describe('seawall stop', () => {
  let reports: string
  beforeAll(async () => {
    reports = await mkdtemp(join(tmpdir(), 'seawall-stop-'))
  })
  afterAll(() => rm(reports, { recursive: true }))

  it('says that no run is going on', async () => {
    expect(await type('--reports', join(reports, 'nowhere'))).toMatchObject({
      out: 'no run is going on\n',
      exitCode: 0,
    })
  })

  it('refuses a run that is not going on, with the nearest one', async () => {
    const folder = join(reports, 'runs', 'spike', 'run-1')
    await mkdir(folder, { recursive: true })
    const lease = formatLease({ host: 'another-machine', boot: 'b', pid: 1, started: '1' })
    await writeLeaseFile(folder, { runId: 'run-1', lease, state: 'held' })
    await expect(type('run-2', '--reports', reports)).rejects.toThrow(
      /HARNESS_NAME_UNKNOWN: expected the id .*got "run-2"\nHint: did you mean run-1\?/,
    )
  })

  it('ends with 70 and says so where something of a run is left', async () => {
    const typed = await type('run-1', '--reports', reports)
    expect(typed).toMatchObject({ exitCode: 70 })
    expect(typed.out).toBe(
      'run-1: its harness runs on another-machine: stop it there\n  still there: run-1\n',
    )
  })
})
