import { expect, it } from 'vitest'
import { netemReordering } from './netem-reordering.ts'
import { rulesFixture } from './rules.fixture.ts'

it('netem-reordering sets netem on the interface of the target, and takes it away', async () => {
  await using world = await rulesFixture()
  const commands: string[] = []
  const run = async (argv: readonly string[]) => {
    if (argv[0] === 'nsenter') commands.push(argv.join(' '))
    return world.firewall.run(argv)
  }
  const fault = netemReordering.create(world.target, netemReordering.options.parse({}), {
    ...world.engine.context,
    run,
  })
  await fault.inject(new AbortController().signal)
  await fault.heal()
  expect(commands).toEqual([
    'nsenter -t 4242 -n tc qdisc add dev eth0 root netem delay 100ms reorder 25%',
    'nsenter -t 4242 -n tc qdisc del dev eth0 root',
  ])
})
