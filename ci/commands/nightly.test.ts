import { expect, it } from 'vitest'
import { type } from './io.fixture.ts'
import { addNightlyCommand } from './nightly.ts'

it('seawall nightly refuses a number of pairs that is none, before anything starts', async () => {
  await expect(type(addNightlyCommand, ['nightly', '--pairs', 'many'])).rejects.toThrow(
    /HARNESS_CONFIG_INVALID: the command line has 1 problem.*--pairs must be a whole number/s,
  )
})
