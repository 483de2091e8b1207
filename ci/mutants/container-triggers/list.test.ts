import { describe, expect, it } from 'vitest'
import { faultKinds } from '../../../chaos/faults/list.ts'
import { describeTargets } from '../../../system-under-test/topology/order-intake.ts'
import { replicas } from '../../play/order-intake-system.ts'
import { planRun } from '../../play/run-plan.ts'
import { readMutants } from '../list.ts'
import { notYet, notYetOnContainers } from '../not-yet.ts'
import { containerMutants, containerTriggerOf } from '../on-containers.ts'
import { containerTriggerNamed, containerTriggers } from './list.ts'

const mutants = await containerMutants()

/** Of the design, what one broker and one store can show. */
const shownByOneNode = /^M(0[1-9]|1[0-9]|2[0-3]|2[89]|3[0-7]|39|40|42|43|44|48|49|51|53|58)$/
const ids = Array.from({ length: 61 }, (_, at) => `M${String(at + 1).padStart(2, '0')}`)

describe('the triggers on containers', () => {
  it.each(containerTriggers)('$name can be played, and within 40 s', (experiment) => {
    const targets = describeTargets(replicas)
    const plan = () => planRun({ experiment, seed: '1', faults: true, targets, kinds: faultKinds })
    expect(plan().schedule.length).toBeGreaterThanOrEqual(experiment.faults.length)
    expect(experiment.load.durationMs).toBeLessThanOrEqual(40_000)
  })

  it('are each the trigger of a mutant, and each mutant has one', () => {
    const used = new Set(mutants.map((mutant) => containerTriggerOf(mutant).name))
    expect([...used].sort()).toEqual(containerTriggers.map(({ name }) => name).sort())
  })

  it('show every mutant that one broker and one store can show, or somebody says what that waits for', () => {
    const said = [
      ...mutants.map(({ id }) => id),
      ...notYet.map(({ id }) => id),
      ...Object.keys(notYetOnContainers),
    ]
    const shown = new Set(said)
    expect(ids.filter((id) => shownByOneNode.test(id) && !shown.has(id))).toEqual([])
  })

  it('are missing only for mutants of which it is said what they wait for', async () => {
    const missing = (await readMutants()).filter(({ containers }) => containers === undefined)
    expect(Object.keys(notYetOnContainers)).toEqual(missing.map(({ id }) => id))
  })

  it('refuse an unknown name with the near ones', () => {
    expect(() => containerTriggerNamed('calmm')).toThrow('did you mean calm?')
  })
})
