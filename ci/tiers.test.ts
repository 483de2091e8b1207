import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { experiments } from '../scenarios/experiments/list.ts'
import { type } from './commands/io.fixture.ts'
import { addTierCommand } from './commands/tier.ts'
import { parseGatePolicy } from './gate-policy.ts'
import { experimentsOf, tierNames } from './tiers.ts'

const names = experiments.map(({ name }) => name)

describe('the tiers', () => {
  it('name experiments that exist, each once', () => {
    for (const tier of tierNames) {
      const list = experimentsOf(tier)
      expect(list.filter((name) => !names.includes(name))).toEqual([])
      expect(new Set(list).size).toBe(list.length)
    }
  })

  it('grow: each has all of the one before it, and the last has everything', () => {
    for (const [index, tier] of tierNames.entries()) {
      const before = index === 0 ? [] : experimentsOf(tierNames[index - 1] as string)
      expect(before.filter((name) => !experimentsOf(tier).includes(name))).toEqual([])
    }
    expect(experimentsOf('nightly')).toEqual(names)
  })

  it('are what the gate demands of a release', async () => {
    const path = join(import.meta.dirname, 'gate-policy.json')
    const { mandatory } = parseGatePolicy(await readFile(path, 'utf8'), path)
    expect(mandatory.map(({ experiment }) => experiment).toSorted()).toEqual(
      experimentsOf('release').toSorted(),
    )
    for (const { experiment: name, faultsMin } of mandatory) {
      const planned = experiments.find((experiment) => experiment.name === name)?.faults.length
      // A run of chosen faults is no evidence for all of them: the policy follows the experiment.
      expect(faultsMin, `faultsMin of ${name} in ci/gate-policy.json`).toBe(planned)
    }
  })

  it('are printed for people and for a matrix', async () => {
    expect((await type(addTierCommand, ['tier', 'smoke'])).out).toBe('spike\n')
    expect(JSON.parse((await type(addTierCommand, ['tier', 'change', '--json'])).out)).toEqual(
      experimentsOf('change'),
    )
    await expect(type(addTierCommand, ['tier', 'nigthly'])).rejects.toThrow(/did you mean nightly/)
  })
})
