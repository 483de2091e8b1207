import Docker from 'dockerode'
import { realClock } from '../kernel/clock.ts'
import { waitUntil } from '../kernel/wait-until.ts'
import { guardRun } from './guard-run.ts'

/**
 * A harness for tests, to be killed: it guards a run, makes two containers, a network and a volume, pauses one as a
 * fault does, says "ready", and waits for its end.
 *
 *     node harness.fixture.ts RUN_ID FOLDER IMAGE
 */
const [runId = '', folder = '', image = ''] = process.argv.slice(2)
const docker = new Docker()
const guard = await guardRun({ runId, folder })
const Labels = { ...guard.labels }

await docker.createNetwork({ Name: `${runId}-net`, Labels })
await docker.createVolume({ Name: `${runId}-data`, Labels })
const start = async (name: string) => {
  const container = await docker.createContainer({
    name: `${runId}-${name}`,
    Image: image,
    Labels,
    Entrypoint: ['node', '-e', 'setInterval(() => {}, 1000)'],
    HostConfig: { NetworkMode: `${runId}-net`, Binds: [`${runId}-data:/data`] },
  })
  await container.start()
  return container
}
const [worker] = await Promise.all([start('worker-1'), start('worker-2')])
await guard.journal.willInject({
  fault: 'f1',
  faultKind: 'container-pause',
  target: 'worker-1',
  steps: [{ do: 'container-unpause', containerId: worker.id }],
  byHand: `docker unpause ${worker.id}`,
})
// A freezer that is asked while a process starts may answer "unable to freeze".
await waitUntil(async () => worker.pause().then(() => true), {
  clock: realClock,
  what: 'a paused worker',
  deadlineMs: 60_000,
})
process.stdout.write('ready\n')
setInterval(() => undefined, 1_000)
