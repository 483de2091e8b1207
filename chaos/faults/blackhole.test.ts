import { expect, it } from 'vitest'
import { blackhole } from './blackhole.ts'
import { linkFixture } from './link.fixture.ts'

it('blackhole is felt as silence where the control path answers, and gone after the heal', async () => {
  await using world = await linkFixture()
  const signal = new AbortController().signal
  // Silence lasts a tenth of the time, so that three of them do not take six seconds.
  const { clock } = world.context
  const hasty = { ...clock, sleep: (ms: number, end?: AbortSignal) => clock.sleep(ms / 10, end) }
  const fault = blackhole.create(world.link, { direction: 'both' }, { ...world.context, clock: hasty })
  expect((await fault.isFelt(signal)).felt).toBe(false)
  await fault.inject(signal)
  const feelings = [await fault.isFelt(signal)]
  // On a machine that is too busy to answer in that time the control path is silent too: look again.
  while (!feelings.at(-1)?.felt && feelings.length < 100) feelings.push(await fault.isFelt(signal))
  expect(feelings.at(-1)).toMatchObject({ felt: true })
  expect(feelings.at(-1)?.evidence).toMatch(/^through the proxy: silent after/)
  await fault.heal()
  expect((await fault.isFelt(signal)).felt).toBe(false)
})
