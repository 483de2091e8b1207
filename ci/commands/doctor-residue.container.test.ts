import { spawn } from 'node:child_process'
import { once } from 'node:events'
import Docker from 'dockerode'
import { afterAll, describe, expect, it } from 'vitest'
import { realClock } from '../../chaos/kernel/clock.ts'
import { waitUntil } from '../../chaos/kernel/wait-until.ts'
import { formatLease, leaseLabel, leaseOf } from '../../chaos/safety/lease.ts'
import { removeRun } from '../../chaos/safety/remove-run.ts'
import { prepare } from '../setup/bring-up.ts'
import { addDoctorCommand } from './doctor.ts'
import { type } from './io.fixture.ts'

const docker = new Docker()
const runId = `residue-${process.pid}`

/**
 * What a run leaves whose harness, reaper and Engine were all gone at once: the Engine comes up again, its containers
 * do not. One is still running and frozen, as after the death of harness and reaper alone.
 */
async function leaveResidue(): Promise<void> {
  const { images } = await prepare({ images: ['node'], out: () => {} })
  const harness = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const Labels = { 'seawall.run': runId, [leaseLabel]: formatLease(await leaseOf(harness.pid)) }
  harness.kill('SIGKILL')
  await once(harness, 'exit')
  await docker.createNetwork({ Name: `${runId}-net`, Labels })
  await docker.createVolume({ Name: `${runId}-data`, Labels })
  const container = (name: string) =>
    docker.createContainer({
      name: `${runId}-${name}`,
      Image: images.node,
      Labels,
      Entrypoint: ['node', '-e', 'setInterval(() => {}, 1000)'],
      HostConfig: { NetworkMode: `${runId}-net`, Binds: [`${runId}-data:/data`] },
    })
  await container('never-started')
  const ended = await container('ended')
  await ended.start()
  await ended.kill()
  const frozen = await container('frozen')
  await frozen.start()
  const freeze = () => frozen.pause().then(() => true)
  await waitUntil(freeze, { clock: realClock, what: 'a frozen container', deadlineMs: 60_000 })
}

describe('seawall doctor, after a run that nobody could heal', () => {
  afterAll(() => removeRun(docker, runId))

  it('finds containers in every state, network and volume, and removes them when it is told to', async () => {
    await leaveResidue()
    const { out } = await type(addDoctorCommand, ['doctor'], { env: process.env })
    for (const [what, name, state] of [
      ['container', 'never-started', 'created'],
      ['container', 'ended', 'exited'],
      ['container', 'frozen', 'paused'],
      ['network', 'net', 'present'],
      ['volume', 'data', 'present'],
    ]) {
      expect(out).toMatch(
        new RegExp(
          `^note +residue: ${what} +${runId}-${name} \\(${state}\\), its harness is dead\n +Hint: .*--heal`,
          'm',
        ),
      )
    }
    const healed = await type(addDoctorCommand, ['doctor', '--heal'], { env: process.env })
    for (const name of ['never-started', 'ended', 'frozen', 'net', 'data']) {
      expect(healed.err).toContain(`removed ${runId}-${name}`)
    }
    const after = await type(addDoctorCommand, ['doctor'], { env: process.env })
    expect(after.out).not.toContain(runId)
  })
})
