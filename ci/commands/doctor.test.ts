import { describe, expect, it } from 'vitest'
import { addDoctorCommand } from './doctor.ts'
import { type } from './io.fixture.ts'
import { addSetupCommand } from './setup.ts'

/** Nobody listens there, and DOCKER_HOST allows no other place. */
const env = { DOCKER_HOST: 'unix:///nowhere/docker.sock', SEAWALL_INSTALL: 'never' }

describe('seawall doctor without an Engine', () => {
  it('says what this kernel can do, that the Engine is missing, and why none can be installed', async () => {
    const { out, exitCode } = await type(addDoctorCommand, ['doctor'], { env })
    expect(out).toMatch(/^(ok|cannot|note) +freezer /m)
    expect(out).toMatch(
      /^missing +engine +no Docker Engine answers.*SEAWALL_INSTALL=never forbids it\n +Hint: .*demo/m,
    )
    expect(exitCode).toBe(64)
  })

  it('prints the same as JSON', async () => {
    const { out } = await type(addDoctorCommand, ['doctor', '--json'], { env })
    const findings = JSON.parse(out) as { about: string; state: string }[]
    expect(findings.find(({ about }) => about === 'engine')?.state).toBe('missing')
  })

  it('has nothing to heal, and says so by saying nothing', async () => {
    expect((await type(addDoctorCommand, ['doctor', '--heal'], { env })).err).toBe('')
  })
})

describe('seawall setup without an Engine', () => {
  it('refuses with the reason and the next step, and prints no names of images', async () => {
    const typed = type(addSetupCommand, ['setup', '--json'], { env })
    await expect(typed).rejects.toMatchObject({ code: 'HARNESS_ENGINE_MISSING', exitCode: 64 })
  })
})
