import { describe, expect, it } from 'vitest'
import { faultKinds } from '../../chaos/faults/list.ts'
import { imageNames } from '../setup/image-recipes.ts'
import { addDoctorCommand } from './doctor.ts'
import { type } from './io.fixture.ts'
import { addSetupCommand } from './setup.ts'

describe('seawall setup and doctor', () => {
  it('set up prints the name of each image, as JSON and nothing else if asked', async () => {
    const { out, exitCode } = await type(addSetupCommand, ['setup', '--json'], { env: process.env })
    expect(Object.keys(JSON.parse(out)).sort()).toEqual([...imageNames].sort())
    expect(exitCode).toBe(0)
  })

  it('doctor finds the Engine and every image, and says of each fault whether it can be played', async () => {
    const { out, exitCode } = await type(addDoctorCommand, ['doctor'], { env: process.env })
    expect(out).toMatch(/^ok +engine +\d+\..*cgroup v[12]/m)
    for (const name of imageNames)
      expect(out).toMatch(new RegExp(`^ok +image ${name} +seawall/${name}:`, 'm'))
    for (const { kind } of faultKinds) expect(out).toMatch(new RegExp(`^(ok|cannot) +fault ${kind} `, 'm'))
    expect(exitCode).toBe(0)
  })
})
